import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { ANNA, BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { readDifferences } from "#app/core/code-differences/read-differences.ts";
import { checkCodesNow, inShort } from "#test/core/given/check-codes-now.ts";
import { registrationOf } from "#test/core/given/drift.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const CODE = "ANNA10" as DiscountCode;

/** Two shops of one program that both have Anna's code: one registration stands for both. */
async function twoShops() {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  makeInShopify(other, CODE, "Same");
  const wish = { shop: other.domain, code: CODE, partnerId: ANNA, since: null };
  expect(await assignCode(other.ports, wish)).toMatchObject({ ok: true });
  await world.drain();
  const [mine, theirs] = [await codeOf(world, CODE), await codeOf(other, CODE)];
  expect(mine.impactPromoCodeId).toBe(theirs.impactPromoCodeId);
  return { world, other };
}

async function earnsAnna(shop: World): Promise<void> {
  shop.clock.pass(60_000);
  const order = await buyAndDeliver(shop, { codes: [CODE] });
  await shop.drain();
  expect(await standingOf(shop, order)).toMatchObject({ reason: "credited" });
  expect(whoWasPaid(shop.impactState, order)).toMatchObject({ partnerId: ANNA });
}

test("a code whose registration another shop uses too is not given away, and says so", async () => {
  const { world, other } = await twoShops();
  const batchId = await startChanging(world, [CODE], { kind: "reassign", partnerId: BEN });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ done: 0, failed: 1 });
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(/another shop of the same impact.com account uses it too/);
  expect(change?.problem).not.toContain(other.domain);
  await earnsAnna(world);
  await earnsAnna(other);
});

test("a registration that two shops use ends with the last one's code", async () => {
  const { world, other } = await twoShops();
  await startChanging(world, [CODE], { kind: "retire" });
  await world.drain();
  expect(await codeOf(world, CODE)).toMatchObject({ impactState: "expired" });
  expect(registrationOf(world, CODE)).not.toBeNull();
  // It stands there for the other shop, as it should.
  expect(await checkCodesNow(world)).toEqual([]);
  await earnsAnna(other);
  await startChanging(other, [CODE], { kind: "retire" });
  await other.drain();
  expect(await codeOf(other, CODE)).toMatchObject({ impactState: "expired" });
  expect(registrationOf(world, CODE)).toBeNull();
});

test("codes only at impact.com are left out while another shop reports to the program, but what was ours", async () => {
  const { world, other } = await twoShops();
  await startChanging(world, ["BEN10"], { kind: "retire" });
  await world.drain();
  registerElsewhere(world, "BEN10", BEN);
  registerElsewhere(world, "OLD5", BEN);
  expect(inShort(await checkCodesNow(world))).toEqual([["only-at-impact", "BEN10"]]);
  expect((await readDifferences(world.ports, world.domain)).leavesOutTheirs).toBe(true);

  const uninstalledAt = world.clock.now();
  await world.prisma.shop.update({ where: { domain: other.domain }, data: { uninstalledAt } });
  const found = inShort(await checkCodesNow(world));
  expect(found).toContainEqual(["only-at-impact", "OLD5"]);
  expect(found).toContainEqual(["only-at-impact", "BEN10"]);
  expect((await readDifferences(world.ports, world.domain)).leavesOutTheirs).toBe(false);
});
