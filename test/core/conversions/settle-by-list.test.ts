import { expect, test } from "vitest";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import type { OrderId } from "#app/core/ids.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;

/** Orders with Anna's code that impact.com has received; nobody has asked what became of them. */
async function sentOrders(count: number) {
  const world = await worldWithCodes();
  const orders: StoredOrder[] = [];
  for (let number = 1; number <= count; number += 1) {
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    orders.push(order);
  }
  await world.drain(0);
  return { world, orders, orderIds: orders.map(orderIdOf) };
}

async function checkAll(world: World, orderIds: OrderId[]): Promise<void> {
  const { store } = world.ports;
  const conversions = await store.conversions.listForOrders(world.domain, orderIds);
  const ids = conversions.map(({ id }) => id);
  const submissions = await store.conversions.listSubmissions(world.domain, ids);
  const submissionIds = submissions.map(({ submissionId }) => submissionId);
  await checkSubmissions(world.ports, { shop: world.domain, submissionIds });
}

async function reasonsOf(world: World, orderIds: OrderId[]) {
  const standings = await Promise.all(orderIds.map((orderId) => standingOf(world, orderId)));
  return standings.map((standing) => standing?.reason);
}

const lookUps = (world: World) =>
  world.impact.requests.filter(({ path }) => path.includes("/APISubmissions/")).length;

test("many submissions are settled by one request", async () => {
  const { world, orderIds } = await sentOrders(8);
  await checkAll(world, orderIds);
  expect(requestsTo(world, "GET", "/Actions")).toHaveLength(1);
  expect(lookUps(world)).toBe(0);
  expect(await reasonsOf(world, orderIds)).toEqual(orderIds.map(() => "credited"));
  const [first] = orderIds;
  const conversion = await conversionOf(world, first as OrderId);
  expect(conversion).toMatchObject({ state: "credited", emailSha1: null });
  expect(conversion.held).toEqual(heldAt(world.impactState, first as string).items);
  await world.drain();
  expect(lookUps(world)).toBe(0);
});

test("more than are credited in one transaction are settled by one request too", async () => {
  const { world, orderIds } = await sentOrders(201);
  await checkAll(world, orderIds);
  expect(requestsTo(world, "GET", "/Actions")).toHaveLength(1);
  expect(lookUps(world)).toBe(0);
  expect(new Set(await reasonsOf(world, orderIds))).toEqual(new Set(["credited"]));
});

test("what is not listed is asked about by itself", async () => {
  const { world, orderIds } = await sentOrders(6);
  world.impactState.rules.submissionDelayMs = HOUR;
  const late = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, late));
  await world.drain(0);
  await checkAll(world, [...orderIds, orderIdOf(late)]);
  expect(lookUps(world)).toBe(1);
  expect(await reasonsOf(world, [orderIdOf(late)])).toEqual(["outcome-pending"]);
  await world.drain();
  expect(await reasonsOf(world, [orderIdOf(late)])).toEqual(["credited"]);
});

test("an action of another partner is no credit for ours", async () => {
  const { world, orderIds } = await sentOrders(5);
  const [action] = world.account.actions;
  const [submission] = world.account.submissions.values();
  if (!action || !submission) throw new Error("nothing was sent");
  action.partnerId = "10002";
  submission.partnerId = "10002";
  await checkAll(world, orderIds);
  const [first, ...others] = await reasonsOf(world, orderIds);
  expect(first).toBe("credited-to-another");
  expect(new Set(others)).toEqual(new Set(["credited"]));
});

test("an order that was refunded meanwhile is adjusted at once", async () => {
  const { world, orders, orderIds } = await sentOrders(5);
  const [refunded] = orders;
  if (!refunded) throw new Error("no order");
  const refund = { lines: [{ lineItemId: lineOf(refunded, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(refunded, refund));
  await world.drain(0);
  await checkAll(world, orderIds);
  expect(await reasonsOf(world, [orderIdOf(refunded)])).toEqual(["adjusting"]);
  await world.drain();
  expect(heldAt(world.impactState, refunded.id).amountMinor).toBe(4_410);
});

test("where the list can't be had, each is asked about by itself", async () => {
  const { world, orderIds } = await sentOrders(5);
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Actions"));
  await checkAll(world, orderIds);
  await world.drain();
  expect(await reasonsOf(world, orderIds)).toEqual(orderIds.map(() => "credited"));
});

test("many that are not listed yet are looked for together, and by themselves after ten minutes", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = HOUR;
  const orderIds: OrderId[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    orderIds.push(orderIdOf(order));
  }
  await world.drain(0);
  await checkAll(world, orderIds);
  expect(lookUps(world)).toBe(0);
  world.clock.pass(HOUR / 5);
  await checkAll(world, orderIds);
  expect(lookUps(world)).toBe(5);
});
