import { expect, test } from "vitest";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Delivers an order once more, as Shopify shows it some seconds later. */
async function deliverChanged(
  world: World,
  order: ReturnType<typeof buy>,
  changes: Record<string, unknown>,
): Promise<void> {
  Object.assign(order.payload, changes);
  await deliver(world, webhookFor(world, order));
  await world.drain();
}

test("orders wait while impact.com is not connected, and go out after reconnecting", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  const first = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const second = await buyAndDeliver(world, { codes: ["BEN10"] });
  expect(await standingOf(world, first)).toEqual({
    state: "waiting",
    reason: "not-connected",
    sentence:
      "Anna Able earned it with ANNA10. It waits until you connect impact.com and choose a program.",
  });

  await setUpProgram(world);
  expect(whoWasPaid(world.impactState, first)).toMatchObject({ partnerId: "10001" });
  expect(whoWasPaid(world.impactState, second)).toMatchObject({ partnerId: "10002" });
  expect(await standingOf(world, second)).toMatchObject({ state: "reported" });
});

test("an order that was to be sent when impact.com was disconnected goes out after reconnecting", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await disconnectImpact(world.ports, world.domain);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-connected" });

  await setUpProgram(world);
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("an order whose outcome is open when impact.com is disconnected is settled after reconnecting", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await disconnectImpact(world.ports, world.domain);
  await world.drain(3_600_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "outcome-pending" });
  await setUpProgram(world);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test.each([
  ["a test order", { test: true }, "test-order"],
  [
    "an order that was cancelled before it was reported",
    { cancelled_at: "2026-11-23T10:00:01Z" },
    "cancelled",
  ],
])("%s is ignored, whatever code was typed", async (_what, changes, reason) => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliverChanged(world, order, changes);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ state: "ignored", reason });
  expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);
  const stored = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(stored?.facts.emailSha1).toBeNull();
});

test("of two versions of an order the newer one is true, in whatever order they come", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  const later = { name: "#1001 (edited)", updated_at: "2026-11-23T10:05:00Z" };
  await deliverChanged(world, order, later);
  await deliverChanged(world, order, { name: "#1001", updated_at: "2026-11-23T10:00:00Z" });
  const stored = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(stored?.name).toBe("#1001 (edited)");
});

test("a later version of a reported order is not reported again and brings no hash back", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await deliverChanged(world, order, { updated_at: "2026-11-23T11:00:00Z" });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
  const stored = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(stored?.facts.emailSha1).toBeNull();
});

test("an order from before the code was assigned is ignored with that reason", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliverChanged(world, order, { created_at: "2026-11-22T10:00:00Z" });
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-assigned-then" });
});

test("an order earned by nobody keeps no hash of its customer", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world);
  const stored = await world.ports.store.orders.find(world.domain, orderId);
  expect(stored?.facts.emailSha1).toBeNull();
});

test("every order is in exactly one of four states, and they sum to what Shopify sold", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world);
  await buyAndDeliver(world, { codes: ["BEN10"], test: true });
  world.account.contracts = [];
  await buyAndDeliver(world, { codes: ["BEN10"] });
  await disconnectImpact(world.ports, world.domain);
  await buyAndDeliver(world, { codes: ["ANNA10"] });

  const counts = { reported: 1, ignored: 2, waiting: 1, failed: 1 };
  const list = await listOrders(world.ports, { shop: world.domain });
  expect(list.counts).toEqual(counts);
  expect(list.orders).toHaveLength(world.shop.orders.length);
  const failed = await listOrders(world.ports, { shop: world.domain, state: "failed" });
  expect(failed.orders).toMatchObject([{ reason: "not-credited" }]);
  expect(await readHome(world.ports, world.domain)).toMatchObject({
    setup: { connected: false, program: null, partners: 2, codes: 2 },
    orders: counts,
    codes: { all: 2, live: 2, registered: 2, failed: 0 },
    problems: 1,
  });
});
