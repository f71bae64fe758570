import { expect, test } from "vitest";
import { startRepairs } from "#app/core/code-differences/repair-all.ts";
import { repairDifferencesJob } from "#app/jobs/repair-differences.ts";
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
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function theOne(world: World) {
  const [difference, ...others] = await checkCodesNow(world);
  if (!difference || others.length > 0) throw new Error(JSON.stringify([difference, ...others]));
  return difference;
}

test("both sides tell the same story after codes were made", async () => {
  const world = await worldWithCodes();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("how impact.com spells a registration of ours is taken up: exact codes may compare with case", async () => {
  const world = await worldWithCodes();
  const there = registrationOf(world, "ANNA10");
  if (there) there.code = "Anna10";
  expect(await checkCodesNow(world)).toEqual([]);
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
});

test("a code that was added in Shopify is taken under management", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "extra");
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["only-in-shopify", "EXTRA"]);
  expect(await repairNow(world, found, "adopt")).toBeNull();
  expect(await ourCode(world, "EXTRA")).toMatchObject({ shopifyState: "live", partner: null });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that was added in Shopify is removed there", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  expect(await repairNow(world, await theOne(world), "remove-from-shopify")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
  expect([...world.shop.codes.values()].map(({ code }) => code)).toEqual(["ANNA10", "BEN10"]);
});

test("a code counts as removed once Shopify's job has ended, and one that takes long says so", async () => {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  const found = await theOne(world);
  const { jobs } = world.shopify.settings;
  jobs.durationMs = 60_000;
  expect(await repairNow(world, found, "remove-from-shopify")).toContain("still removing EXTRA");
  expect((await listDifferences(world)).map(({ problem }) => problem)).toEqual([
    expect.stringContaining("still removing EXTRA"),
  ]);
  world.clock.pass(60_000);
  jobs.durationMs = 3_000;
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA2");
  expect(await repairNow(world, found, "remove-from-shopify")).toBeNull();
  const more = await theOne(world);
  expect(await repairNow(world, more, "remove-from-shopify")).toBeNull();
  expect([...world.shop.codes.values()].map(({ code }) => code)).toEqual(["ANNA10", "BEN10"]);
});

test("a code that Shopify keeps as its discount's last one can be used no more: the discount ends", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  for (const code of ["ANNA10", "BEN10"]) removeInShopify(world, code);
  addInShopify(world, discount, "EXTRA");
  world.shopify.settings.lastRedeemCodeStays = true;
  const found = (await checkCodesNow(world)).find(({ subject }) => subject === "EXTRA");
  if (!found) throw new Error("EXTRA was not found");
  expect(await repairNow(world, found, "remove-from-shopify")).toBeNull();
  expect(discount.endsAt).not.toBeNull();
});

test("a discount goes on for its other code while Shopify's search still finds the one that was removed", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  removeInShopify(world, "BEN10");
  addInShopify(world, discount, "EXTRA");
  world.shopify.settings.removedCodesAreFound = true;
  const found = (await checkCodesNow(world)).find(({ subject }) => subject === "EXTRA");
  if (!found) throw new Error("EXTRA was not found");
  expect(await repairNow(world, found, "remove-from-shopify")).toBeNull();
  expect(discount.endsAt).toBeNull();
  expect([...world.shop.codes.keys()]).toEqual(["ANNA10"]);
});

test("a code that was removed in Shopify is made again, for the same partner", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  removeInShopify(world, "ANNA10");
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["missing-in-shopify", "ANNA10"]);
  expect(await repairNow(world, found, "make-again")).toBeNull();
  expect(discountWith(world, "ANNA10")).toBe(discount);
  expect(await ourCode(world, "ANNA10")).toMatchObject({
    shopifyState: "live",
    impactState: "registered",
    partner: { partnerId: "10001" },
  });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that nobody retired at its own end is retired", async () => {
  const world = await worldWithCodes();
  const endsAt = new Date(world.clock.now().getTime() + 3_600_000);
  const theCode = { where: { shop: world.domain, code: "ANNA10" } };
  await world.prisma.code.updateMany({ ...theCode, data: { endsAt } });
  for (const one of world.account.promoCodes) if (one.code === "ANNA10") one.endsAt = endsAt;
  world.clock.pass(2 * 86_400_000);
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["past-its-end", "ANNA10"]);
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "retired" });
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that stands only at impact.com ends there", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "OLD5", "10002");
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["only-at-impact", "OLD5"]);
  expect(await repairNow(world, found, "end-at-impact")).toBeNull();
  expect(registrationOf(world, "OLD5")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that impact.com has lost is registered again", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["missing-at-impact", "ANNA10"]);
  expect(await repairNow(world, found, "register-again")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toMatchObject({ partnerId: "10001" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that impact.com has with another partner is registered to ours", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  registerElsewhere(world, "ANNA10", "10002");
  const found = await theOne(world);
  expect(found).toMatchObject({
    kind: "other-partner-there",
    ourPartnerId: "10001",
    theirPartnerId: "10002",
  });
  expect(await repairNow(world, found, "take-over")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toMatchObject({ partnerId: "10001" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that impact.com has with another partner becomes theirs, and orders before stay", async () => {
  const world = await worldWithCodes();
  forgetAtImpact(world, "ANNA10");
  registerElsewhere(world, "ANNA10", "10002");
  expect(await repairNow(world, await theOne(world), "keep-theirs")).toBeNull();
  expect(await ourCode(world, "ANNA10")).toMatchObject({ partner: { partnerId: "10002" } });
  const past = await world.prisma.assignment.findMany({ where: { endsAt: { not: null } } });
  expect(past.map(({ partnerId }) => partnerId)).toEqual(["10001"]);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that ended at impact.com alone is registered until its discount ends", async () => {
  const world = await worldWithCodes();
  const there = registrationOf(world, "ANNA10");
  if (there) there.endsAt = world.clock.now();
  const found = await theOne(world);
  expect([found.kind, found.subject]).toEqual(["ends-differ", "ANNA10"]);
  expect(await repairNow(world, found, "match-end")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toMatchObject({ endsAt: null });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that ended in Shopify alone ends at impact.com", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  discount.endsAt = new Date(world.clock.now().getTime() + DAY_MS);
  expect(await checkCodesNow(world)).toEqual([]);
  world.clock.pass(2 * DAY_MS);
  const found = await checkCodesNow(world);
  expect(inShort(found)).toEqual([
    ["ends-differ", "ANNA10"],
    ["ends-differ", "BEN10"],
  ]);
  for (const one of found) expect(await repairNow(world, one, "match-end")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a discount that was deactivated in Shopify runs again", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  discount.endsAt = world.clock.now();
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "discount-deactivated", codes: 2 });
  expect(await repairNow(world, found, "activate")).toBeNull();
  expect(discount.endsAt).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a discount that was deleted in Shopify is made again with all its codes", async () => {
  const world = await worldWithCodes();
  deleteInShopify(world, discountWith(world, "ANNA10"));
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "discount-deleted", codes: 2 });
  expect(await repairNow(world, found, "make-again")).toBeNull();
  expect(discountWith(world, "ANNA10")).toBe(discountWith(world, "BEN10"));
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a partner whose contract has ended is one difference, however many codes they have", async () => {
  const world = await worldWithCodes();
  for (const contract of world.account.contracts) {
    if (contract.partnerId === "10001") contract.endsAt = world.clock.now();
  }
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "contract-ended", subject: "10001", codes: 1 });
  for (const contract of world.account.contracts) contract.endsAt = null;
  expect(await checkCodesNow(world)).toEqual([]);
});

test("the codes of a partner whose contract has ended are retired on both sides", async () => {
  const world = await worldWithCodes();
  for (const contract of world.account.contracts) {
    if (contract.partnerId === "10001") contract.endsAt = world.clock.now();
  }
  expect(await repairNow(world, await theOne(world), "retire")).toBeNull();
  expect([...world.shop.codes.values()].map(({ code }) => code)).toEqual(["BEN10"]);
  expect(registrationOf(world, "ANNA10")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code missing in Shopify is retired instead of made again", async () => {
  const world = await worldWithCodes();
  removeInShopify(world, "ANNA10");
  expect(await repairNow(world, await theOne(world), "retire")).toBeNull();
  expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "retired" });
  expect(registrationOf(world, "ANNA10")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a deleted discount's codes are retired instead of made again", async () => {
  const world = await worldWithCodes();
  deleteInShopify(world, discountWith(world, "ANNA10"));
  expect(await repairNow(world, await theOne(world), "retire")).toBeNull();
  expect(registrationOf(world, "BEN10")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a retired code that comes back on either side is found, and taken away again", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  removeInShopify(world, "ANNA10");
  expect(await repairNow(world, await theOne(world), "retire")).toBeNull();
  addInShopify(world, discount, "ANNA10");
  registerElsewhere(world, "ANNA10", "10001");
  const here = await theOne(world);
  expect([here.kind, here.codeId]).toEqual(["only-in-shopify", expect.any(String)]);
  expect(await repairNow(world, here, "remove-from-shopify")).toBeNull();
  const there = await theOne(world);
  expect(there.kind).toBe("only-at-impact");
  expect(await repairNow(world, there, "end-at-impact")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a repair that a side refuses says so in its row, and works when it is tried again", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "OLD5", "10002");
  const found = await theOne(world);
  world.impact.faults.failNext(1, 503);
  expect(await repairNow(world, found, "end-at-impact")).toContain("could not be reached");
  const [still] = await checkCodesNow(world);
  expect(still?.problem).toContain("could not be reached");
  expect(await repairNow(world, found, "end-at-impact")).toBeNull();
  expect(await repairNow(world, found, "end-at-impact")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("all differences of a kind are repaired by one job after the other", async () => {
  const world = await worldWithCodes();
  for (let index = 0; index < 60; index += 1) registerElsewhere(world, `OLD${index}`, "10002");
  expect(await checkCodesNow(world)).toHaveLength(60);
  const wish = { kind: "only-at-impact", repair: "end-at-impact" } as const;
  await startRepairs(world.ports, { shop: world.domain, ...wish });
  const ran = await world.drain();
  expect(ran).toEqual(["repair-differences", "repair-differences"]);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("of the differences that are repaired together one that throws is thrown for alone, and the others go on", async () => {
  const world = await worldWithCodes();
  for (const code of ["OLD1", "OLD2", "OLD3"]) registerElsewhere(world, code, "10002");
  expect(await checkCodesNow(world)).toHaveLength(3);
  const wish = { shop: world.domain, kind: "only-at-impact", repair: "end-at-impact" } as const;
  const { store } = world.ports;
  const find: typeof store.codeDifferences.find = (shop, one) =>
    one.subject === "OLD2"
      ? Promise.reject(new Error("a bug"))
      : store.codeDifferences.find(shop, one);
  const codeDifferences = { ...store.codeDifferences, find };
  const broken = { ...world.ports, store: { ...store, codeDifferences } };
  await repairDifferencesJob.run(broken, { ...wish, after: null });
  expect((await listDifferences(world)).map(({ subject }) => subject)).toEqual(["OLD2"]);
  const jobs = await world.prisma.$queryRaw<{ data: object }[]>`
    SELECT data FROM pgboss.job WHERE name = 'repair-differences' AND state = 'created'`;
  expect(jobs).toMatchObject([{ data: { ...wish, only: "OLD2" } }]);
  await expect(repairDifferencesJob.run(broken, jobs[0]?.data)).rejects.toThrow("a bug");
  expect(await world.drain()).toEqual(["repair-differences"]);
  expect(await checkCodesNow(world)).toEqual([]);
});

test.each([["10001"], ["10002"]])(
  "a code that stands at impact.com twice, once more for partner %s, keeps the one we know",
  async (partnerId) => {
    const world = await worldWithCodes();
    const known = registrationOf(world, "ANNA10");
    // Whichever is listed first: what we know comes last here.
    const twin = { ...known!, id: "a-twin", partnerId };
    world.account.promoCodes.unshift(twin);
    const found = await theOne(world);
    expect(found).toMatchObject({ kind: "registered-twice", promoCodeId: "a-twin" });
    expect(found.theirPartnerId).toBe(partnerId);
    expect(await repairNow(world, found, "end-at-impact")).toBeNull();
    expect(twin.endsAt).not.toBeNull();
    expect(registrationOf(world, "ANNA10")).toBe(known);
    expect(await ourCode(world, "ANNA10")).toMatchObject({ impactState: "registered" });
    expect(await checkCodesNow(world)).toEqual([]);
  },
);

test("a code that is registered with another credit policy, or from later on, is registered as it should be", async () => {
  const world = await worldWithCodes();
  const annas = registrationOf(world, "ANNA10");
  const bens = registrationOf(world, "BEN10");
  if (annas) annas.creditPolicy = "WINNER";
  if (bens) bens.startsAt = new Date(world.clock.now().getTime() + 30 * DAY_MS);
  const found = await checkCodesNow(world);
  expect(found).toMatchObject([
    { kind: "registered-otherwise", subject: "ANNA10", creditPolicy: "WINNER", startsThere: null },
    { kind: "registered-otherwise", subject: "BEN10", creditPolicy: null },
  ]);
  for (const one of found) expect(await repairNow(world, one, "match-terms")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toMatchObject({ creditPolicy: "ALWAYS" });
  const order = await buyAndDeliver(world, { codes: ["BEN10"] });
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test.each(["failed", "stopped"])(
  "a code that %s here and lives in our discount is taken as live, and its past orders earn",
  async (how) => {
    const world = await worldWithCodes();
    const { prisma } = world;
    forgetAtImpact(world, "ANNA10");
    const untold = { impactState: "planned", impactPromoCodeId: null, registeredAt: null };
    const shopifyState = how === "failed" ? "failed" : "planned";
    await prisma.code.updateMany({ where: { code: "ANNA10" }, data: { ...untold, shopifyState } });
    if (how === "stopped") await prisma.batch.updateMany({ data: { state: "failed" } });
    const order = how === "failed" ? await buyAndDeliver(world, { codes: ["ANNA10"] }) : null;
    const found = await theOne(world);
    expect([found.kind, found.subject]).toEqual(["works-though-failed", "ANNA10"]);
    expect(await repairNow(world, found, "take-as-live")).toBeNull();
    expect(await ourCode(world, "ANNA10")).toMatchObject({
      ...{ shopifyState: "live", impactState: "registered" },
    });
    if (order) expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
    expect(await checkCodesNow(world)).toEqual([]);
  },
);

test("of codes that are to be registered anew one goes first, and where it is refused the others stay", async () => {
  const world = await worldWithCodes();
  const later = new Date(world.clock.now().getTime() + 30 * DAY_MS);
  for (const one of world.account.promoCodes) one.endsAt = later;
  world.impactState.rules.againAfterItsEnd = "refused";
  expect(await checkCodesNow(world)).toHaveLength(2);
  const wish = { shop: world.domain, kind: "ends-differ", repair: "match-end" } as const;
  await startRepairs(world.ports, wish);
  await world.drain();
  expect(registrationOf(world, "ANNA10")).toBeNull();
  expect(registrationOf(world, "BEN10")).toMatchObject({ endsAt: later });
  const [left] = await listDifferences(world);
  expect([left?.subject, left?.problem]).toEqual([
    "BEN10",
    expect.stringMatching(/did not register ANNA10 again.*left as it is/) as string,
  ]);
  world.impactState.rules.againAfterItsEnd = "allowed";
  await startRepairs(world.ports, wish);
  await world.drain();
  expect(registrationOf(world, "BEN10")).toMatchObject({ endsAt: null });
});
