import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { readBatch } from "#app/core/batches/read-batch.ts";
import { repairDifference } from "#app/core/code-differences/repair-difference.ts";
import {
  checkCodesNow,
  inShort,
  listDifferences,
  repairNow,
} from "#test/core/given/check-codes-now.ts";
import { deleteInShopify, discountWith, removeInShopify } from "#test/core/given/drift.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Clicks "Make again" for what differs, and cancels its batch before Shopify is asked for anything. */
async function makeAgainAndCancel(world: World): Promise<void> {
  const { ports, prisma, domain: shop } = world;
  const [found] = await checkCodesNow(world);
  if (!found) throw new Error("nothing differs");
  await repairDifference(ports, { ...found, shop, repair: "make-again" });
  const batch = await prisma.batch.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  world.clock.pass(1_000);
  await cancelBatch(ports, { shop, batchId: batch.id });
  await world.drain();
  const ended = await ports.store.batches.find(shop, batch.id);
  expect(ended).toMatchObject({ state: "cancelled" });
}

async function first({ prisma, domain: shop }: World) {
  return prisma.batch.findFirstOrThrow({ where: { shop }, orderBy: { createdAt: "asc" } });
}

test("a code whose making again is cancelled keeps its history, and is found missing once more", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  removeInShopify(world, "ANNA10");
  await makeAgainAndCancel(world);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered" },
    partner: { partnerId: "10001" },
  });
  const { id: batchId } = await first(world);
  expect(await readBatch(world.ports, { shop: world.domain, batchId })).toMatchObject({
    madeAgain: [{ batchId: null, codes: 1, registered: 1 }],
  });
  expect(inShort(await listDifferences(world))).toEqual([["missing-in-shopify", "ANNA10"]]);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ state: "reported" });
});

test.each([["make-again", "live"] as const, ["retire", "retired"] as const])(
  "a discount whose making again is cancelled is found deleted once more, and then: %s",
  async (repair, shopifyState) => {
    const world = await worldWithCodes();
    deleteInShopify(world, discountWith(world, "ANNA10"));
    await makeAgainAndCancel(world);
    expect(await world.prisma.code.count({ where: { shopifyState: "live" } })).toBe(2);
    const [found, ...others] = await listDifferences(world);
    expect(found).toMatchObject({ kind: "discount-deleted", codes: 2 });
    expect(others).toEqual([]);
    if (found) expect(await repairNow(world, found, repair)).toBeNull();
    expect(await world.prisma.code.count({ where: { shopifyState } })).toBe(2);
    expect(await checkCodesNow(world)).toEqual([]);
  },
);

test("a batch whose codes are made again, twice, counts them on and says where they are", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop } = world;
  const { id } = await first(world);
  // As if it had drawn them.
  const plan = {
    pattern: "{FIRST}{RANDOM:2}",
    value: "10",
    codesEach: 1,
    partnerIds: [],
    drawn: 2,
  };
  await prisma.batch.update({ where: { id }, data: { plan } });
  const again: string[] = [id];
  for (const seconds of [1, 2]) {
    world.clock.pass(seconds * 1_000);
    removeInShopify(world, "ANNA10");
    const [found] = await checkCodesNow(world);
    if (found) expect(await repairNow(world, found, "make-again")).toBeNull();
    const { batchId } = await prisma.code.findFirstOrThrow({ where: { code: "ANNA10" } });
    again.push(batchId ?? "");
  }
  const [, second, third] = again;
  const elsewhere = { batchId: third, codes: 1, registered: 1 };
  expect(await readBatch(ports, { shop, batchId: id })).toMatchObject({
    ...{ counts: { live: 1, registered: 1 }, madeAgain: [elsewhere] },
  });
  expect(await readBatch(ports, { shop, batchId: second ?? "" })).toMatchObject({
    ...{ counts: { live: 0 }, madeAgain: [elsewhere] },
  });
  expect(await readBatch(ports, { shop, batchId: third ?? "" })).toMatchObject({
    ...{ counts: { live: 1 }, madeAgain: [] },
  });
  // It is handed out with either batch, and is as hard to guess as it was drawn.
  const page = { beside: null, limit: 9 };
  for (const [batchId, codes] of [
    [id, ["ANNA10", "BEN10"]],
    [third ?? "", ["ANNA10"]],
  ] as const) {
    const scope = { kind: "batch", batchId } as const;
    const found = await ports.store.handOuts.page(shop, scope, page, world.clock.now());
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.every(({ isRandom }) => isRandom)).toBe(true);
  }
});

test("a code that Shopify refused to make again is not forgotten when its next try is cancelled", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop } = world;
  removeInShopify(world, "ANNA10");
  const [found] = await checkCodesNow(world);
  if (!found) throw new Error("nothing differs");
  await repairDifference(ports, { ...found, shop, repair: "make-again" });
  const { batchId } = await prisma.code.findFirstOrThrow({ where: { code: "ANNA10" } });
  const codeId = found.codeId ?? "";
  const refused = { failed: [{ codeId, problem: "Refused." }], anew: [] };
  await ports.store.batches.settlePart(shop, batchId ?? "", 0, refused, world.clock.now());
  await ports.store.codes.planFailed(shop, { codeId });
  await ports.store.batches.reopen(shop, batchId ?? "", "running");
  await cancelBatch(ports, { shop, batchId: batchId ?? "" });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered" },
  });
});
