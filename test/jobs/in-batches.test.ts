import { expect, test } from "vitest";
import { runBatch } from "#app/jobs/run-batch.ts";
import { sendConversionJob } from "#app/jobs/send-conversion.ts";
import type { OrderId } from "#app/core/ids.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const inBatches = true;

async function deliverOrders(world: World, count: number, code = "ANNA10"): Promise<OrderId[]> {
  const bought: OrderId[] = [];
  for (let number = 1; number <= count; number += 1) {
    const order = buy(world, { codes: [code] });
    await deliver(world, webhookFor(world, order));
    bought.push(orderIdOf(order));
  }
  return bought;
}

/** Their first sending failed, so that nothing of them is at impact.com. */
async function unsent(world: World, count: number, code?: string): Promise<OrderId[]> {
  const bought = await deliverOrders(world, count, code);
  world.impact.faults.failNext(count, 503, ({ path }) => path.endsWith("/Conversions"));
  await world.drain(0);
  return bought;
}

/** The jobs that send these orders' conversions, as the queue hands them over. */
async function jobsFor(world: World, orderIds: readonly OrderId[]) {
  const conversions = await Promise.all(orderIds.map((orderId) => conversionOf(world, orderId)));
  return conversions.map(({ shop, id }) => ({ id, data: { shop, conversionIds: [id] } }));
}

const run = (world: World, batch: { id: string; data: unknown }[]) =>
  runBatch(sendConversionJob, world.ports, batch, (_group, runGroup) => runGroup());

const actionsFor = (world: World, orderIds: readonly OrderId[]) =>
  orderIds.map((orderId) => actionsOf(world.impactState, orderId).length);

/** How often impact.com accepted each: its dedupe would hide a second time from its actions. */
const sendsOf = ({ impact }: World, orderIds: readonly OrderId[]) =>
  orderIds.map(
    (orderId) =>
      impact.requests.filter(
        ({ path, form, outcome }) =>
          path.endsWith("/Conversions") && form.get("OrderId") === orderId && Number(outcome) < 300,
      ).length,
  );

test("all deliveries of one order in one batch, the newest first, make one conversion of what is left", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const placed = placedWebhooks(order);
  world.clock.pass(60_000);
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  const refunded = staffOf(world).refund(order, { lines });
  await deliverAll(world, [...placed, ...refunded].toReversed());
  await world.drain(undefined, { inBatches });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_410);
});

test("one of forty conversions breaks its batch off: the others are sent once, and it goes again when its lease ends", async () => {
  const world = await worldWithCodes();
  const orderIds = await deliverOrders(world, 40);
  const { impact } = world.ports;
  const { submitConversion } = impact;
  impact.submitConversion = (credentials, conversion) => {
    if (conversion.orderId === orderIds[7]) throw new Error("broken");
    return submitConversion(credentials, conversion);
  };
  await world.drain(0, { inBatches });
  expect(sendsOf(world, orderIds)).toEqual(orderIds.map((_, index) => (index === 7 ? 0 : 1)));
  impact.submitConversion = submitConversion;
  await world.drain(undefined, { inBatches });
  await run(world, await jobsFor(world, orderIds));
  await world.drain(undefined, { inBatches });
  expect(sendsOf(world, orderIds)).toEqual(orderIds.map(() => 1));
  expect(actionsFor(world, orderIds)).toEqual(orderIds.map(() => 1));
});

test("a batch of two shops sends each shop's conversions under its own shop", async () => {
  const first = await worldWithCodes();
  const second = await withSecondShop(first);
  const ofFirst = await unsent(first, 3);
  const ofSecond = await unsent(second, 3, "COFFEE");
  const [a = [], b = []] = [await jobsFor(first, ofFirst), await jobsFor(second, ofSecond)];
  const mixed = a.flatMap((job, index) => [job, ...b.slice(index, index + 1)]);
  await run(first, mixed);
  await first.drain(undefined, { inBatches });
  for (const [world, orderIds] of [
    [first, ofFirst],
    [second, ofSecond],
  ] as const) {
    expect(actionsFor(world, orderIds)).toEqual([1, 1, 1]);
    for (const orderId of orderIds) {
      expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    }
  }
});

test("a batch whose leases another worker took over in the middle sends nothing twice", async () => {
  const world = await worldWithCodes();
  const orderIds = await unsent(world, 6);
  const batch = await jobsFor(world, orderIds);
  const { impact } = world.ports;
  const { submitConversion } = impact;
  let underWay: string | null = null;
  impact.submitConversion = async (credentials, conversion) => {
    if (underWay === null) {
      underWay = conversion.impactOrderId;
      // This worker stands still for longer than its lease, and another one comes by.
      world.clock.pass(3_600_000);
      impact.submitConversion = submitConversion;
      await run(world, batch);
    }
    return submitConversion(credentials, conversion);
  };
  await run(world, batch);
  await world.drain(undefined, { inBatches });
  // The call that was under way may repeat: impact.com knows it for one. No other may.
  const others = orderIds.filter((orderId) => orderId !== underWay);
  expect(others).toHaveLength(5);
  expect(sendsOf(world, others)).toEqual(others.map(() => 1));
  expect(actionsFor(world, orderIds)).toEqual(orderIds.map(() => 1));
});
