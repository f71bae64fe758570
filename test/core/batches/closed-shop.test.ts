import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { discountByHand, readToAdopt, verdictsOf } from "#test/core/given/adopting.ts";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After so many it is given up. */
const MOST_TRIES = 200;
const CLOSED = /frozen, locked or closed the shop\. Pay what is due or reopen it in Shopify/;

async function batchOf({ prisma }: World, batchId: string) {
  return prisma.batch.findUniqueOrThrow({ where: { id: batchId } });
}

/** The batch has been put off for weeks. */
async function wearOut({ prisma }: World): Promise<void> {
  await prisma.batch.updateMany({ where: { state: "running" }, data: { attempts: MOST_TRIES } });
}

async function expectWaiting(world: World, batchId: string, attempts: number): Promise<void> {
  expect(await batchOf(world, batchId)).toMatchObject({
    ...{ state: "running", attempts },
    problem: expect.stringMatching(CLOSED) as string,
  });
}

const callsOf = ({ shopify }: World, name: string) =>
  shopify.calls.filter(({ operationName }) => operationName === name).length;

test.each([402, "SHOP_INACTIVE"] as const)(
  "codes of a shop closed for weeks (%s) wait, burn no tries, and are made once after it reopened",
  async (closedAs) => {
    const world = await createWorld();
    await setUpProgram(world);
    const codes: [string, string][] = [
      ["10001", "ANNA10"],
      ["10002", "BEN10"],
    ];
    await makeDiscount(world, draftFor(codes));
    world.shop.closedAs = closedAs;
    await wearOut(world);
    const { id } = await world.prisma.batch.findFirstOrThrow();
    await world.drain(DAY_MS);
    await expectWaiting(world, id, MOST_TRIES);
    world.shop.closedAs = null;
    await world.drain(2 * HOUR_MS);
    expect(await batchOf(world, id)).toMatchObject({ state: "done", problem: null });
    expect(world.shop.discounts.size).toBe(1);
    expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "BEN10"]);
    expect((await codeOf(world, "BEN10")).impactState).toBe("registered");
    expect(world.account.promoCodes).toHaveLength(2);
  },
);

test("codes that Shopify was making as its shop was closed are not asked for a second time", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.shopify.settings.jobs.durationMs = HOUR_MS;
  const codes = ["TEA1", "TEA2", "TEA3"].map((code): [string, string] => ["10001", code]);
  await makeDiscount(world, draftFor(codes));
  await world.drain(HOUR_MS / 2);
  expect(callsOf(world, "AddCodes")).toBe(1);
  const { id, attempts } = await world.prisma.batch.findFirstOrThrow();
  world.shop.closedAs = 402;
  await world.drain(DAY_MS);
  await expectWaiting(world, id, attempts);
  world.shop.closedAs = null;
  await world.drain(2 * HOUR_MS);
  expect(await batchOf(world, id)).toMatchObject({ state: "done" });
  expect(callsOf(world, "AddCodes")).toBe(1);
  expect(world.shop.codes.size).toBe(3);
});

test("to retire codes of a shop closed for weeks waits at Shopify's side, and is done once after it reopened", async () => {
  const world = await worldWithCodes();
  world.shop.closedAs = "SHOP_INACTIVE";
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await wearOut(world);
  await world.drain(DAY_MS);
  await expectWaiting(world, batchId, MOST_TRIES);
  expect((await codeOf(world, "ANNA10")).impactState).toBe("registered");
  world.shop.closedAs = null;
  await world.drain(2 * HOUR_MS);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
});

test("a rotation waits with the batch that makes its new code, which says why, and draws no other", async () => {
  const world = await worldWithCodes();
  world.shop.closedAs = 402;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain(HOUR_MS);
  const making = await world.prisma.batch.findFirstOrThrow({
    where: { kind: "make" },
    orderBy: { createdAt: "desc" },
  });
  await expectWaiting(world, making.id, 0);
  expect((await batchOf(world, batchId)).state).toBe("running");
  expect(world.shop.codes.has("ANNA10")).toBe(true);
  world.shop.closedAs = null;
  await world.drain(2 * HOUR_MS);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  expect(world.shop.codes.has("ANNA10")).toBe(false);
  expect(world.shop.codes.size).toBe(2);
});

test("reading what could be adopted waits while the shop is closed, however long, and goes on after it reopened", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const podcast = discountByHand(world, "Podcast", ["FREE-1"]);
  world.shop.closedAs = 423;
  const adoptionId = await readToAdopt(world, [podcast]);
  await world.prisma.adoption.updateMany({ data: { attempts: 30 } });
  await world.drain(DAY_MS);
  const waits = { state: "reading", problem: expect.stringMatching(CLOSED) as string };
  expect(await world.prisma.adoption.findFirst()).toMatchObject(waits);
  world.shop.closedAs = null;
  await world.drain(2 * HOUR_MS);
  expect(await verdictsOf(world, adoptionId)).toEqual({ nobodys: 1 });
});

test("a retirement that is cancelled while the shop is closed lets go of its codes soon", async () => {
  const world = await worldWithCodes();
  world.shop.closedAs = 423;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain(HOUR_MS);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await world.drain(3 * HOUR_MS);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "cancelled", open: 0 });
  expect(await world.prisma.code.count({ where: { isHeld: true } })).toBe(0);
});
