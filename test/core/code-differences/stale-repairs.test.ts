import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { CodeDifference } from "#app/core/code-differences/code-difference.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { startPartnerSync } from "#app/core/partners/sync-partners.ts";
import { beginToAdopt, readToAdopt } from "#test/core/given/adopting.ts";
import { ANNA, BEN, startChanging } from "#test/core/given/change-batch.ts";
import {
  checkCodesNow,
  inShort,
  listDifferences,
  repairNow,
} from "#test/core/given/check-codes-now.ts";
import {
  addInShopify,
  deleteInShopify,
  discountWith,
  forgetAtImpact,
  ourCode,
  registrationOf,
  removeInShopify,
} from "#test/core/given/drift.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;
const CHANGED = "Check again";

async function assign(world: World, code: string, partnerId: PartnerId): Promise<void> {
  const wish = { shop: world.domain, code: code as DiscountCode, partnerId, since: null };
  const assigned = await assignCode(world.ports, wish);
  if (!assigned.ok) throw new Error(assigned.problem.message);
  await world.drain();
}

async function firstOf(world: World): Promise<CodeDifference> {
  const [difference] = await checkCodesNow(world);
  if (!difference) throw new Error("nothing differs");
  return difference;
}

/** As a page that was open meanwhile would still show it. */
async function foundAgain(world: World, difference: CodeDifference): Promise<void> {
  const [run] = await world.ports.store.reconciliations.list(world.domain, {
    kind: "codes",
    limit: 1,
  });
  const { store, clock } = world.ports;
  await store.codeDifferences.save(world.domain, run?.id ?? "", [difference], clock.now());
}

test("a code that was only in Shopify is no difference once it is a partner's", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  await checkCodesNow(world);
  await assign(world, "EXTRA", ANNA);
  expect(inShort(await listDifferences(world))).toEqual([]);
});

test("codes that were only in Shopify are no differences once they are adopted", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  addInShopify(world, discount, "EXTRA");
  expect(await checkCodesNow(world)).toHaveLength(1);
  await beginToAdopt(world, await readToAdopt(world, [discount]));
  await world.drain();
  expect(await ourCode(world, "EXTRA")).not.toBeNull();
  expect(inShort(await listDifferences(world))).toEqual([]);
});

test("a code that became a partner's since it was found is not removed from Shopify", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  const found = await firstOf(world);
  await assign(world, "EXTRA", ANNA);
  await foundAgain(world, found);
  expect(await repairNow(world, found, "remove-from-shopify")).toContain(CHANGED);
  expect(discountWith(world, "EXTRA")).toBe(discountWith(world, "ANNA10"));
});

test("a code that Shopify no longer has is not taken under management", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  const found = await firstOf(world);
  removeInShopify(world, "EXTRA");
  expect(await repairNow(world, found, "adopt")).toContain(CHANGED);
  expect(await ourCode(world, "EXTRA")).toBeNull();
});

test("a code that is in Shopify again is not retired as missing", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  removeInShopify(world, "ANNA10");
  const found = await firstOf(world);
  addInShopify(world, discount, "ANNA10");
  expect(await repairNow(world, found, "retire")).toContain(CHANGED);
  expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
});

test("a registration is not ended for a code that became a partner's since", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "OLD5", "10001");
  const found = await firstOf(world);
  addInShopify(world, discountWith(world, "ANNA10"), "OLD5");
  await assign(world, "OLD5", ANNA);
  await foundAgain(world, found);
  expect(await repairNow(world, found, "end-at-impact")).toContain(CHANGED);
  expect(registrationOf(world, "OLD5")).toMatchObject({ partnerId: "10001" });
});

test("a code that is another partner's by now is not registered again as the first one's", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  const found = await firstOf(world);
  await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
  await world.drain();
  expect(await repairNow(world, found, "register-again")).toContain(CHANGED);
  expect(registrationOf(world, "ANNA10")).toMatchObject({ partnerId: "10002" });
});

test("a partner whose registration has ended at impact.com does not get the code", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  registerElsewhere(world, "ANNA10", "10002");
  const found = await firstOf(world);
  const theirs = registrationOf(world, "ANNA10");
  if (theirs) theirs.endsAt = world.clock.now();
  expect(await repairNow(world, found, "keep-theirs")).toContain(CHANGED);
  expect((await codeOf(world, "ANNA10")).partner?.partnerId).toBe("10001");
});

test("a registration that impact.com has given to our partner since is not ended", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  registerElsewhere(world, "ANNA10", "10002");
  const found = await firstOf(world);
  const theirs = registrationOf(world, "ANNA10");
  if (theirs) theirs.partnerId = "10001";
  expect(await repairNow(world, found, "take-over")).toContain(CHANGED);
  expect(registrationOf(world, "ANNA10")).toBe(theirs);
});

test("a registration is not ended with a discount that runs on by now", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  discount.endsAt = new Date(world.clock.now().getTime() + DAY_MS);
  await checkCodesNow(world);
  world.clock.pass(2 * DAY_MS);
  const found = await firstOf(world);
  discount.endsAt = null;
  expect(await repairNow(world, found, "match-end")).toContain(CHANGED);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: "10001" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("the codes of a discount that runs again are not retired", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  discount.endsAt = world.clock.now();
  const found = await firstOf(world);
  discount.endsAt = null;
  expect(await repairNow(world, found, "retire")).toContain(CHANGED);
  expect(await ourCode(world, "BEN10")).toMatchObject({ shopifyState: "live" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a deleted discount that was made again since is not retired", async () => {
  const world = await worldWithCodes();
  deleteInShopify(world, discountWith(world, "ANNA10"));
  const found = await firstOf(world);
  expect(await repairNow(world, found, "make-again")).toBeNull();
  await foundAgain(world, found);
  expect(await repairNow(world, found, "retire")).toContain(CHANGED);
  expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
});

test("the codes of a partner who has a contract again are not retired", async () => {
  const world = await worldWithCodes();
  const theirs = world.account.contracts.filter(({ partnerId }) => partnerId === "10001");
  for (const contract of theirs) contract.endsAt = world.clock.now();
  const found = await firstOf(world);
  for (const contract of theirs) contract.endsAt = null;
  await startPartnerSync(world.ports, world.domain);
  await world.drain();
  expect(await repairNow(world, found, "retire")).toContain(CHANGED);
  expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
});
