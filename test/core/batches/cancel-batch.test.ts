import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import { retryDiscount } from "#app/core/codes/retry-discount.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;
const HOUR_MS = 3_600_000;

/** A batch of that many codes for each of Anna and Ben, of which nothing is made yet. */
async function batchOf(codesEach: number) {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const answer = await startDrawing(world.ports, {
    ...{ shop: world.domain, discountId, draftKey: "one form", pattern: "{FIRST}-{RANDOM:6}" },
    ...{ codesEach: String(codesEach), partnerIds: [ANNA, BEN] },
  });
  if (!answer?.ok) throw new Error("refused");
  return { world, discountId, asked: { shop: world.domain, batchId: answer.batchId } };
}

type Asked = Awaited<ReturnType<typeof batchOf>>["asked"];

async function stateOf({ ports }: World, { shop, batchId }: Asked) {
  return (await ports.store.batches.find(shop, batchId))?.state;
}

/** Runs the batch as its jobs would, an hour apart; codes wait for impact.com meanwhile. */
async function runToEnd(world: World, asked: Asked): Promise<void> {
  for (let runs = 0; runs < 30; runs += 1) {
    await makeCodes(world.ports, asked);
    const state = await stateOf(world, asked);
    if (state !== "running" && state !== "cancelling") return;
    world.clock.pass(HOUR_MS);
  }
  throw new Error("The batch never ends.");
}

/** Codes the batch made in Shopify, and those we know to be live. */
async function bothSides({ prisma, shop }: World, { batchId }: Asked) {
  const ours = await prisma.code.findMany({ where: { batchId } });
  return {
    inShopify: [...shop.codes.keys()].filter((code) => code !== "ANNA10").sort(),
    live: ours
      .filter((code) => code.shopifyState === "live")
      .map(({ code }) => code)
      .sort(),
    others: ours.filter((code) => code.shopifyState !== "live").map(({ code }) => code),
  };
}

async function codesOf({ prisma }: World, { batchId }: Asked, partnerId: PartnerId) {
  return prisma.code.count({ where: { batchId, assignments: { some: { partnerId } } } });
}

test("cancelled before anything was asked for, a batch leaves no code and no assignment", async () => {
  const { world, asked } = await batchOf(300);
  await cancelBatch(world.ports, asked);
  expect(await stateOf(world, asked)).toBe("cancelling");
  await runToEnd(world, asked);
  expect(await stateOf(world, asked)).toBe("cancelled");
  expect(await bothSides(world, asked)).toEqual({ inShopify: [], live: [], others: [] });
  expect(await world.prisma.assignment.count()).toBe(1);
});

test.each([3, 6, 9, 12, 15, 18, 22, 27, 35])(
  "killed at its call number %i and cancelled, a batch knows every code that Shopify has made",
  async (nth) => {
    const { world, asked } = await batchOf(2_000);
    const doomed = killedAt(world, nth);
    await Promise.race([makeCodes(doomed.ports, asked), doomed.killed]);
    await cancelBatch(world.ports, asked);
    world.clock.pass(HOUR_MS);
    await runToEnd(world, asked);
    expect(await stateOf(world, asked)).toBe("cancelled");
    const { inShopify, live, others } = await bothSides(world, asked);
    expect(live).toEqual(inShopify);
    expect(others).toEqual([]);
    expect(live.length).toBeLessThan(4_000);
    expect(await world.prisma.assignment.count()).toBe(live.length + 1);
  },
);

test.each([2, 5, 8, 12])(
  "killed at call number %i of being cancelled, it still ends with both sides equal",
  async (nth) => {
    const { world, asked } = await batchOf(2_000);
    const first = killedAt(world, 20);
    await Promise.race([makeCodes(first.ports, asked), first.killed]);
    await cancelBatch(world.ports, asked);
    world.clock.pass(HOUR_MS);
    const second = killedAt(world, nth);
    await Promise.race([makeCodes(second.ports, asked), second.killed]);
    world.clock.pass(HOUR_MS);
    await runToEnd(world, asked);
    expect(await stateOf(world, asked)).toBe("cancelled");
    const { inShopify, live, others } = await bothSides(world, asked);
    expect({ live, others }).toEqual({ live: inShopify, others: [] });
  },
);

test("a batch cancelled while a worker is at it asks for nothing more", async () => {
  const { world, asked } = await batchOf(2_000);
  const { addCodes } = world.ports.shopify;
  let calls = 0;
  const shopify = {
    ...world.ports.shopify,
    addCodes: async (...given: Parameters<typeof addCodes>) => {
      calls += 1;
      if (calls === 3) await cancelBatch(world.ports, asked);
      return addCodes(...given);
    },
  };
  await runToEnd({ ...world, ports: { ...world.ports, shopify } }, asked);
  expect(await stateOf(world, asked)).toBe("cancelled");
  const { inShopify, live, others } = await bothSides(world, asked);
  expect({ live, others }).toEqual({ live: inShopify, others: [] });
  // After the first code eight calls go out together.
  expect(calls).toBe(9);
});

test.each([12, 27])(
  "a cancelled batch that is resumed draws exactly what is missing, for each partner (killed at %i)",
  async (nth) => {
    const { world, asked } = await batchOf(1_500);
    const doomed = killedAt(world, nth);
    await Promise.race([makeCodes(doomed.ports, asked), doomed.killed]);
    await cancelBatch(world.ports, asked);
    world.clock.pass(HOUR_MS);
    await runToEnd(world, asked);
    expect(await stateOf(world, asked)).toBe("cancelled");
    await resumeBatch(world.ports, asked);
    await runToEnd(world, asked);
    expect(await stateOf(world, asked)).toBe("done");
    expect(await codesOf(world, asked, ANNA)).toBe(1_500);
    expect(await codesOf(world, asked, BEN)).toBe(1_500);
    const { inShopify, live } = await bothSides(world, asked);
    expect(live).toEqual(inShopify);
    expect(live).toHaveLength(3_000);
  },
);

test("a batch that is done can neither be cancelled nor made twice", async () => {
  const { world, asked } = await batchOf(10);
  await runToEnd(world, asked);
  await cancelBatch(world.ports, asked);
  expect(await stateOf(world, asked)).toBe("done");
  await resumeBatch(world.ports, asked);
  await runToEnd(world, asked);
  expect((await bothSides(world, asked)).live).toHaveLength(20);
});

test("trying a discount's failed codes again does not start a cancelled batch anew", async () => {
  const { world, discountId, asked } = await batchOf(2_000);
  const doomed = killedAt(world, 25);
  await Promise.race([makeCodes(doomed.ports, asked), doomed.killed]);
  await cancelBatch(world.ports, asked);
  world.clock.pass(HOUR_MS);
  await runToEnd(world, asked);
  const before = (await bothSides(world, asked)).live.length;
  const [some] = await world.prisma.code.findMany({ where: { batchId: asked.batchId }, take: 1 });
  const failed = { shopifyState: "failed", shopifyProblem: "Refused." };
  await world.prisma.code.update({ where: { id: some?.id ?? "" }, data: failed });
  await retryDiscount(world.ports, { shop: world.domain, discountId });
  await runToEnd(world, asked);
  expect(await stateOf(world, asked)).toBe("cancelled");
  expect((await bothSides(world, asked)).live).toHaveLength(before);
});

test("a running batch is not resumed, and another shop's is neither cancelled nor resumed", async () => {
  const { world, asked } = await batchOf(10);
  const jobs = () => world.prisma.$queryRaw`SELECT id FROM pgboss.job WHERE name = 'make-codes'`;
  const before = await jobs();
  await resumeBatch(world.ports, asked);
  const other = { ...asked, shop: "other.myshopify.com" as typeof asked.shop };
  await cancelBatch(world.ports, other);
  await resumeBatch(world.ports, other);
  expect(await jobs()).toEqual(before);
  expect(await stateOf(world, asked)).toBe("running");
});
