import { expect, test } from "vitest";
import { problemsView } from "#app/components/problems/problems-view.server.ts";
import { listProblems } from "#app/core/orders/list-problems.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { startRetry } from "#app/core/orders/retry-orders.ts";
import { mayBeRetried, type OrderReason } from "#app/core/orders/order-state.ts";
import type { OrderId } from "#app/core/ids.ts";
import { retryOrdersJob } from "#app/jobs/retry-orders.ts";
import { EVERY_REASON } from "#test/core/given/every-reason.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY = 86_400_000;

/** `count` orders that impact.com credited nobody for, as Anna's contract was gone for a while. */
async function notCredited(world: World, count: number): Promise<OrderId[]> {
  const { contracts } = world.account;
  world.account.contracts = [];
  const orderIds: OrderId[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    orderIds.push(await buyAndDeliver(world, { codes: ["ANNA10"] }));
  }
  world.account.contracts = contracts;
  return orderIds;
}

/** Puts an order at that dead end, as the part that would is not what the test is about. */
async function failAs({ prisma, domain: shop }: World, orderId: OrderId, reason: OrderReason) {
  const data = { state: "failed", reason };
  await prisma.order.update({ where: { shop_orderId: { shop, orderId } }, data });
}

test("all failed orders are tried again at once, page by page, and each is reported once", async () => {
  const world = await worldWithCodes();
  const orderIds = await notCredited(world, 3);
  // Two hundred more, so that there is a second page.
  const where = { orderId: orderIds[0] ?? "" };
  const [row] = await world.prisma.order.findMany({ where, omit: { shares: true } });
  if (!row) throw new Error("no order");
  const copies = Array.from({ length: 200 }, (_, nth) => ({
    ...row,
    facts: row.facts ?? {},
    orderId: `1000${nth + 100}`,
  }));
  await world.prisma.order.createMany({ data: copies });

  const { ports, domain: shop } = world;
  expect(await startRetry(ports, { shop, reason: null })).toBe(203);
  await world.drain();
  for (const orderId of orderIds) {
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  }
});

test("only orders of the chosen reason are taken up", async () => {
  const world = await worldWithCodes();
  const [first, second] = await notCredited(world, 2);
  if (!first || !second) throw new Error("no orders");
  await failAs(world, second, "refused");
  const { ports, domain: shop } = world;
  expect(await startRetry(ports, { shop, reason: "not-credited" })).toBe(1);
  await world.drain();
  expect(await standingOf(world, first)).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, second)).toMatchObject({ reason: "refused" });
});

test("a second click starts a second job and reports nothing twice", async () => {
  const world = await worldWithCodes();
  const [orderId] = await notCredited(world, 1);
  if (!orderId) throw new Error("no order");
  const again = { shop: world.domain, reason: null };
  await startRetry(world.ports, again);
  await startRetry(world.ports, again);
  await world.drain();
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(2);
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

/** The world in which one order can't be taken up. */
function breakingAt({ ports }: World, poison: OrderId | undefined): World["ports"] {
  const inTransaction: typeof ports.store.inTransaction = (run) =>
    ports.store.inTransaction((tx) => {
      const lock: typeof tx.orders.lock = (shop, orderId) =>
        orderId === poison ? Promise.reject(new Error("a bug")) : tx.orders.lock(shop, orderId);
      return run({ ...tx, orders: { ...tx.orders, lock } });
    });
  return { ...ports, store: { ...ports.store, inTransaction } };
}

test("of the orders that are tried again one that throws is thrown for alone, and the others go on", async () => {
  const world = await worldWithCodes();
  const orderIds = await notCredited(world, 3);
  const [first, poison, last] = orderIds.toSorted();
  const broken = breakingAt(world, poison);
  const page = { shop: world.domain, reason: null, after: null };
  await retryOrdersJob.run(broken, page);
  const jobs = await world.prisma.$queryRaw<{ data: object }[]>`
    SELECT data FROM pgboss.job WHERE name = 'retry-orders' AND state = 'created'`;
  expect(jobs).toEqual([{ data: { ...page, orderId: poison } }]);
  await expect(retryOrdersJob.run(broken, jobs[0]?.data)).rejects.toThrow("a bug");
  await world.drain();
  for (const orderId of [first, poison, last]) {
    expect(await standingOf(world, orderId as OrderId)).toMatchObject({ reason: "credited" });
    expect(actionsOf(world.impactState, orderId as OrderId)).toHaveLength(1);
  }
});

test("an order that fails again ends the job, and is back with its reason", async () => {
  const world = await worldWithCodes();
  const { contracts } = world.account;
  const [orderId] = await notCredited(world, 1);
  if (!orderId) throw new Error("no order");
  world.account.contracts = [];
  await startRetry(world.ports, { shop: world.domain, reason: null });
  await world.drain();
  world.account.contracts = contracts;
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-credited" });
});

test.each([
  ["locked", /manual make-good/],
  ["credited-to-another", /pays an order once/],
] as const)(
  "an order that is %s can't be retried, and says what to do instead",
  async (reason, sentence) => {
    const world = await worldWithCodes();
    const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
    await failAs(world, orderId, reason);
    const { ports, domain: shop } = world;
    const retried = await retryOrder(ports, { shop, orderId });
    expect(retried).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(sentence) as string },
    });
    expect(await startRetry(ports, { shop, reason: null })).toBe(0);
    expect(await world.drain()).toEqual([]);
    expect(await standingOf(world, orderId)).toMatchObject({ reason });
  },
);

test("an order that impact.com takes no more because of its age is not sent again", async () => {
  const world = await worldWithCodes();
  const [orderId] = await notCredited(world, 1);
  if (!orderId) throw new Error("no order");
  world.clock.pass(86 * DAY);
  const { ports, domain: shop } = world;
  expect(await startRetry(ports, { shop, reason: null })).toBe(0);
  expect(await retryOrder(ports, { shop, orderId })).toMatchObject({ ok: false });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});

test("the ledger is asked for exactly the orders that may be retried", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const { ports, prisma, domain: shop } = world;
  const { placedAt } = (await ports.store.orders.find(shop, orderId)) ?? { placedAt: new Date(0) };
  for (const days of [0, 84, 86]) {
    const at = new Date(placedAt.getTime() + days * DAY);
    for (const reason of EVERY_REASON) {
      const isFailed = (
        await prisma.order.updateMany({ where: { orderId }, data: { state: "failed", reason } })
      ).count;
      const found = await startRetry(
        { ...ports, clock: { now: () => at } },
        { shop, reason: null },
      );
      const expected = mayBeRetried({ reason, placedAt }, at) ? isFailed : 0;
      expect({ reason, days, found }).toEqual({ reason, days, found: expected });
    }
  }
});

test("what needs the merchant is grouped by reason, with the money and what to do", async () => {
  const world = await worldWithCodes();
  const [first, second] = await notCredited(world, 2);
  const locked = await buyAndDeliver(world, { codes: ["BEN10"] });
  await failAs(world, locked, "locked");
  const { id: conversionId } = await conversionOf(world, locked);
  const at = world.clock.now();
  const { ports, prisma, domain: shop } = world;
  const base = {
    shop,
    orderId: locked,
    conversionId,
    kind: "modification",
    disposition: "ITEM_RETURNED",
  };
  const money = { target: [], currency: "USD", fromMinor: 6_210, toMinor: 4_000 };
  await prisma.adjustment.create({
    data: { ...base, ...money, state: "failed", reason: "locked", createdAt: at },
  });

  // Of another that grew as much is too little: the two never make up for one another.
  const grown = await buyAndDeliver(world, { codes: ["BEN10"] });
  await failAs(world, grown, "locked");
  const more = { ...money, toMinor: 8_420, state: "failed", reason: "locked", createdAt: at };
  const { id: grownId } = await conversionOf(world, grown);
  await prisma.adjustment.create({
    data: { ...base, ...more, orderId: grown, conversionId: grownId },
  });

  const { groups } = await listProblems(ports, shop);
  expect(groups).toMatchObject([
    {
      reason: "locked",
      orders: 2,
      stake: [
        { minor: 2_210, currency: "USD" },
        { minor: -2_210, currency: "USD" },
      ],
      newest: [
        { orderId: grown, canRetry: false },
        { orderId: locked, canRetry: false },
      ],
    },
    {
      reason: "not-credited",
      orders: 2,
      worth: [{ minor: 12_420, currency: "USD" }],
      stake: [],
      newest: [{ canRetry: true }, { canRetry: true }],
    },
  ]);
  expect(groups[1]?.newest.map(({ orderId }) => orderId).toSorted()).toEqual(
    [first, second].toSorted(),
  );
});

test("a shop with nothing to do has no problems", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await listProblems(world.ports, world.domain)).toEqual({
    impactWaits: [],
    groups: [],
    failedCodes: [],
    failedBatches: [],
    lostDeliveries: [],
  });
});

test("a change that impact.com refused is told again, and nothing else is sent", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const conversion = await conversionOf(world, orderId);
  const { ports, prisma, clock, domain: shop } = world;
  // The order was returned since, and impact.com refused to be told.
  const order = await prisma.order.findFirstOrThrow({ where: { shop, orderId } });
  const facts = { ...(order.facts as object), cancelledAt: clock.now().toISOString() };
  await prisma.order.updateMany({ where: { shop, orderId }, data: { facts } });
  await prisma.adjustment.create({
    data: {
      ...{ shop, orderId, conversionId: conversion.id, kind: "reversal", disposition: "REJECTED" },
      ...{ target: [], currency: "USD", fromMinor: 6_210, toMinor: 0 },
      ...{ state: "failed", reason: "refused", createdAt: clock.now() },
    },
  });
  await failAs(world, orderId, "not-adjusted");

  expect(await startRetry(ports, { shop, reason: "not-adjusted" })).toBe(1);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "reversed" });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});

test("an order that could not be read is asked of Shopify again", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await failAs(world, orderId, "unreadable");
  const { ports, boss, domain: shop } = world;
  await retryOrder(ports, { shop, orderId });
  expect(await boss.fetch("fetch-order")).toMatchObject([{ data: { shop, orderId } }]);
});

test("the Problems page counts what trying again takes up, not what failed", async () => {
  const world = await worldWithCodes();
  await notCredited(world, 3);
  world.clock.pass(84 * DAY);
  await notCredited(world, 1);
  world.clock.pass(2 * DAY);
  const { ports, domain: shop } = world;
  const problems = await listProblems(ports, shop);
  expect(problems.groups).toMatchObject([{ orders: 4, retryable: 1 }]);
  expect(problemsView(problems, { timeZone: "UTC" })).toMatchObject({
    retryable: 1,
    groups: [{ orders: 4, retryable: 1 }],
  });
  expect(await startRetry(ports, { shop, reason: null })).toBe(1);
});
