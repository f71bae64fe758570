import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { repairDifference } from "#app/core/code-differences/repair-difference.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { checkCodesNow, listDifferences, repairNow } from "#test/core/given/check-codes-now.ts";
import { deleteInShopify, discountWith } from "#test/core/given/drift.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const FIVE = { kind: "quantity", quantity: 5 } as const;

/** FIVEUP of Anna's, of a discount of 50 % off five items and more, is adopted; then Shopify loses it. */
async function adoptedAndLost() {
  const world = await worldWithCodes();
  makeInShopify(world, "FIVEUP", "Five and up");
  const discount = discountWith(world, "FIVEUP");
  Object.assign(discount, { value: { kind: "percentage", fraction: 0.5 }, minimum: FIVE });
  const code = "FIVEUP" as DiscountCode;
  const partnerId = "10001" as PartnerId;
  await assignCode(world.ports, { shop: world.domain, code, partnerId, since: null });
  await world.drain();
  deleteInShopify(world, discount);
  const [found] = await checkCodesNow(world);
  if (found?.kind !== "discount-deleted") throw new Error(`${found?.kind} was found`);
  return { world, found };
}

/** As adopted with single variants, which this app can read and not set. */
async function noteVariants({ prisma }: World): Promise<void> {
  const where = { title: "Five and up" };
  await prisma.discount.updateMany({ where, data: { itemsKind: "other" } });
}

test("an adopted discount that is made again asks for as much as before", async () => {
  const { world, found } = await adoptedAndLost();
  expect(await repairNow(world, found, "make-again")).toBeNull();
  expect(discountWith(world, "FIVEUP")).toMatchObject({
    ...{ title: "Five and up", value: { kind: "percentage", fraction: 0.5 }, minimum: FIVE },
  });
});

test("a discount with conditions that this app can't say is not made again, and says why", async () => {
  const { world } = await adoptedAndLost();
  await noteVariants(world);
  const [found] = await listDifferences(world);
  if (!found) throw new Error("nothing differs");
  const { sentence, repairs } = explainDifference(found, world.clock.now());
  expect(sentence).toContain("conditions that can only be set in Shopify");
  expect(repairs.map(({ repair }) => repair)).toEqual(["retire"]);
  expect(await repairNow(world, found, "make-again")).not.toBeNull();
  expect(world.shop.codes.has("FIVEUP")).toBe(false);
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(await codeOf(world, "FIVEUP")).toMatchObject({ shopifyState: "retired" });
});

test("a batch whose discount can't be said ends with a sentence, and cancelled keeps the codes", async () => {
  const { world, found } = await adoptedAndLost();
  const { ports, prisma, domain: shop } = world;
  await repairDifference(ports, { ...found, shop, repair: "make-again" });
  await noteVariants(world);
  await world.drain();
  const { batchId } = await prisma.code.findFirstOrThrow({ where: { code: "FIVEUP" } });
  const asked = { shop, batchId: batchId ?? "" };
  const batch = await ports.store.batches.find(shop, asked.batchId);
  expect(batch).toMatchObject({ state: "failed" });
  expect(batch?.problem).toContain("conditions that can only be set in Shopify");
  await cancelBatch(ports, asked);
  await world.drain();
  expect(await codeOf(world, "FIVEUP")).toMatchObject({ shopifyState: "live" });
  expect(await listDifferences(world)).toMatchObject([{ kind: "discount-deleted", codes: 1 }]);
});
