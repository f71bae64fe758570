import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import type { OrderFacts, Refund } from "#app/core/orders/order-facts.ts";
import { sortNews, takeInOrders, type OrderNews } from "#app/core/orders/take-in-orders.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const ORDER = "9007199254742001" as OrderId;
const NOTHING: OrderNews = { facts: [], refunds: [], deleted: [] };

/** Two mugs at $20.00 with Anna's code, after it was hers. */
function factsOf(world: World, changes: Partial<OrderFacts> = {}): OrderFacts {
  const placedAt = world.clock.now();
  const lines = [orderLineWith({ quantity: 2, grossMinor: 4_000 })];
  const times = { placedAt, updatedAt: placedAt };
  return orderFactsWith({ orderId: ORDER, typedCodes: ["ANNA10"], lines, ...times, ...changes });
}

function refundOf(quantity: number, refundId = "1"): Refund {
  return {
    refundId,
    createdAt: new Date("2026-11-23T12:00:00Z"),
    lines: [{ lineId: "9007199254743001", quantity, subtotalMinor: quantity * 2_000, taxMinor: 0 }],
    adjustmentMinor: 0,
  };
}

async function takeIn({ ports, domain, clock }: World, news: Partial<OrderNews>): Promise<void> {
  await ports.store.inTransaction((tx) =>
    takeInOrders(tx, domain, { ...NOTHING, ...news }, clock.now()),
  );
}

test("a refund that comes before its order waits for it, and the rest is reported", async () => {
  const world = await worldWithCodes();
  await takeIn(world, { refunds: [{ orderId: ORDER, refund: refundOf(1) }] });
  await takeIn(world, { facts: [factsOf(world)] });
  expect(await conversionOf(world, ORDER)).toMatchObject({ amountMinor: 2_000 });
});

test("a refund of all that comes before its order leaves nothing to report", async () => {
  const world = await worldWithCodes();
  await takeIn(world, { refunds: [{ orderId: ORDER, refund: refundOf(2) }] });
  await takeIn(world, { facts: [factsOf(world)] });
  expect(await standingOf(world, ORDER)).toMatchObject({ reason: "refunded-before-report" });
});

test("a refund in an order's facts and by itself counts once", async () => {
  const world = await worldWithCodes();
  const refund = refundOf(1);
  await takeIn(world, { facts: [factsOf(world, { refunds: [refund] })] });
  await takeIn(world, { refunds: [{ orderId: ORDER, refund }] });
  const order = await world.ports.store.orders.find(world.domain, ORDER);
  expect(order?.refunds).toHaveLength(1);
  expect(await conversionOf(world, ORDER)).toMatchObject({ amountMinor: 2_000 });
});

test("a later version of a refund replaces the one before, in whatever order they come", async () => {
  const world = await worldWithCodes();
  const at = (seconds: number) => new Date(world.clock.now().getTime() + seconds * 1_000);
  const version = (seconds: number, adjustmentMinor: number) =>
    factsOf(world, { updatedAt: at(seconds), refunds: [{ ...refundOf(1), adjustmentMinor }] });
  const alone = { ...refundOf(1), createdAt: at(0), adjustmentMinor: -1_000 };
  const heard: Partial<OrderNews>[] = [
    { refunds: [{ orderId: ORDER, refund: alone }] },
    { facts: [version(1, -500)] },
    { facts: [version(2, 0)] },
  ];
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    await world.prisma.refund.deleteMany();
    for (const index of order) await takeIn(world, heard[index] ?? {});
    const kept = await world.ports.store.orders.find(world.domain, ORDER);
    expect(kept?.refunds).toMatchObject([{ adjustmentMinor: 0 }]);
    expect(await conversionOf(world, ORDER)).toMatchObject({ amountMinor: 2_000 });
  }
});

test("a refund before the first attempt changes what is sent", async () => {
  const world = await worldWithCodes();
  await takeIn(world, { facts: [factsOf(world)] });
  await takeIn(world, { refunds: [{ orderId: ORDER, refund: refundOf(1) }] });
  expect(await conversionOf(world, ORDER)).toMatchObject({ amountMinor: 2_000 });
  await world.drain();
  const [sent] = requestsTo(world, "POST", "/Conversions");
  expect(sent?.form.get("ItemSubTotal1")).toBe("20.00");
});

test.each([
  ["cancelled", "cancelled", { cancelledAt: new Date("2026-11-23T11:00:00Z") }],
  ["voided", "never-paid", { financialStatus: "voided" }],
] as const)(
  "an order that is %s before the first attempt is not sent",
  async (_what, reason, changes) => {
    const world = await worldWithCodes();
    await takeIn(world, { facts: [factsOf(world)] });
    const updatedAt = new Date(world.clock.now().getTime() + 1_000);
    await takeIn(world, { facts: [factsOf(world, { ...changes, updatedAt })] });
    expect(await standingOf(world, ORDER)).toMatchObject({ state: "ignored", reason });
    await world.drain();
    expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);
    expect(await world.prisma.conversion.count()).toBe(0);
  },
);

test("an order refunded while its sender holds it, before it was addressed, is not sent", async () => {
  const world = await worldWithCodes();
  await takeIn(world, { facts: [factsOf(world)] });
  const { id } = await conversionOf(world, ORDER);
  const { domain, ports, clock } = world;
  const until = new Date(clock.now().getTime() + 120_000);
  await ports.store.conversions.claimAll(domain, [id], { now: clock.now(), until });
  await takeIn(world, { refunds: [{ orderId: ORDER, refund: refundOf(2) }] });
  await world.drain();
  expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);
  expect(await standingOf(world, ORDER)).toMatchObject({ reason: "refunded-before-report" });
});

test("a deletion that comes before its order keeps it from being reported", async () => {
  const world = await worldWithCodes();
  await deliver(world, webhookFor(world, `{"id":${ORDER}}`, { topic: "orders/delete" }));
  await world.drain();
  await takeIn(world, { facts: [factsOf(world)] });
  expect(await standingOf(world, ORDER)).toMatchObject({ state: "ignored", reason: "deleted" });
});

test("reported when paid, an order waits for its payment and then goes out", async () => {
  const world = await worldWithCodes();
  const { ports, domain } = world;
  const settings = { reportWhen: "paid", amountBasis: "net" } as const;
  await ports.store.shops.saveReportSettings(domain, settings);
  await takeIn(world, { facts: [factsOf(world, { financialStatus: "pending" })] });
  expect(await standingOf(world, ORDER)).toMatchObject({ state: "waiting", reason: "not-paid" });
  const updatedAt = new Date(world.clock.now().getTime() + 1_000);
  await takeIn(world, { facts: [factsOf(world, { updatedAt })] });
  await world.drain(60_000);
  expect(await standingOf(world, ORDER)).toMatchObject({ reason: "credited" });
});

test("reported when paid, an order that is never paid is ignored once it is too old", async () => {
  const world = await worldWithCodes();
  const { ports, domain } = world;
  const settings = { reportWhen: "paid", amountBasis: "net" } as const;
  await ports.store.shops.saveReportSettings(domain, settings);
  await takeIn(world, { facts: [factsOf(world, { financialStatus: "pending" })] });
  await world.drain();
  expect(await standingOf(world, ORDER)).toMatchObject({ state: "ignored", reason: "never-paid" });
});

test("a hash that was forgotten is not brought back by a later version", async () => {
  const world = await worldWithCodes();
  const { ports, domain } = world;
  const settings = { reportWhen: "paid", amountBasis: "net" } as const;
  await ports.store.shops.saveReportSettings(domain, settings);
  const unpaid = { financialStatus: "pending", emailSha1: "a".repeat(40) } as const;
  await takeIn(world, { facts: [factsOf(world, unpaid)] });
  await ports.store.orders.forgetCustomers(domain, [ORDER]);
  const updatedAt = new Date(world.clock.now().getTime() + 1_000);
  await takeIn(world, { facts: [factsOf(world, { ...unpaid, updatedAt })] });
  const order = await ports.store.orders.find(domain, ORDER);
  expect(order?.facts.emailSha1).toBeNull();
});

test("news in whatever order come to the same newest facts and the same refunds", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute));
  const versions = [0, 1, 2, 3].map((minute) =>
    orderFactsWith({
      orderId: ORDER,
      updatedAt: at(minute),
      refunds: [
        ...(minute > 1 ? [refundOf(1, `${minute}`)] : []),
        { ...refundOf(1, "changing"), adjustmentMinor: minute },
      ],
    }),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(versions, { minLength: 4 }), (facts) => {
      const news = sortNews({ ...NOTHING, facts });
      expect(news.facts).toEqual([versions[3]]);
      expect(news.refunds.map(({ refund }) => refund.refundId).sort()).toEqual([
        "2",
        "3",
        "changing",
      ]);
      const changing = news.refunds.find(({ refund }) => refund.refundId === "changing");
      expect(changing).toMatchObject({ refund: { adjustmentMinor: 3 }, versionAt: at(3) });
      expect(news.orderIds).toEqual([ORDER]);
    }),
  );
});
