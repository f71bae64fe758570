import { expect, test } from "vitest";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import type { OrderId } from "#app/core/ids.ts";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import { processOrders } from "#app/core/orders/process-delivery.ts";
import { startRetry } from "#app/core/orders/retry-orders.ts";
import { grantScopes } from "#test/sandbox/shopify/admin/grant-scopes.ts";
import { archiveOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

/** The world in which Shopify answers every question for an order with this problem. */
function withProblem({ ports }: World, problem: ShopifyProblem): World["ports"] {
  const readOrder = () => Promise.resolve(failure(problem));
  return { ...ports, shopify: { ...ports.shopify, readOrder } };
}

const DOWN: ShopifyProblem = { kind: "unavailable", retry: "later", message: "Shopify is down." };
const REFUSED: ShopifyProblem = { kind: "refused", retry: "never", message: "It can't be read." };

/** The world in which Shopify says that it has no such order. */
function withoutOrders({ ports }: World): World["ports"] {
  const readOrder = () => Promise.resolve(success(null));
  return { ...ports, shopify: { ...ports.shopify, readOrder } };
}

async function isDeleted({ ports, domain }: World, orderId: OrderId): Promise<boolean> {
  return Boolean((await ports.store.orders.find(domain, orderId))?.deletedAt);
}

test("an order that is asked for is decided like one that a webhook brought", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  await fetchOrder(world.ports, { shop: world.domain, orderId });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("asked for twice and brought by its webhook too, it is reported once", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  const { ports, domain: shop } = world;
  await Promise.all([
    fetchOrder(ports, { shop, orderId }),
    fetchOrder(ports, { shop, orderId }),
    deliver(world, webhookFor(world, order)),
  ]);
  await world.drain();
  expect(world.account.actions.length).toBe(1);
});

test("an order that can't be read stands in the ledger with the reason", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  await fetchOrder(withProblem(world, REFUSED), { shop: world.domain, orderId });
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "unreadable" });
  expect(standing?.sentence).toContain("It can't be read.");
});

test("an unreadable order that is read later takes its place, with its own date", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  const { ports, domain: shop, clock } = world;
  clock.pass(2 * DAY_MS);
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId });
  await fetchOrder(ports, { shop, orderId });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  const line = await ports.store.orders.find(shop, orderId);
  expect(line?.placedAt).toEqual(order.createdAt);
  expect(line?.name).toBe(order.name);
});

const problems = ({ ports, domain }: World) =>
  ports.store.problems.countAll(domain, { since: new Date(0), heldSince: new Date(0) });

/** A credited order, and a refund of it that no webhook has brought. */
async function withLostRefund(world: World) {
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  world.clock.pass(DAY_MS);
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  const told = staffOf(world).refund(order, { lines });
  return { order, orderId: orderIdOf(order), told };
}

test("a change of an order we have that can't be read stays a problem until it has been read", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const { orderId } = await withLostRefund(world);
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId });
  const unread = { state: "failed", reason: "unreadable" };
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject(unread);
  expect(standing?.sentence).toContain("A later change of it can't be read. It can't be read.");
  expect(await problems(world)).toBe(1);
  // Whatever is decided meanwhile of what is known.
  await processOrders(ports, { shop, orderIds: [orderId] });
  expect(await standingOf(world, orderId)).toMatchObject(unread);
  expect(await startRetry(ports, { shop, reason: "unreadable" })).toBe(1);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
  expect(await problems(world)).toBe(0);
});

test("a change that could not be read is over with a later version, and with no earlier one", async () => {
  const world = await worldWithCodes();
  const { domain: shop, clock, shopifyState } = world;
  const { order, orderId } = await withLostRefund(world);
  const changedAt = order.updatedAt.toISOString();
  const before = { ...order.payload, updated_at: "2026-11-23T20:00:00-05:00", refunds: [] };
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId, changedAt });
  await deliver(world, webhookFor(world, orderJson(before), { topic: "orders/updated" }));
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "unreadable" });
  clock.pass(DAY_MS);
  archiveOrder(shopifyState, world.shop, order);
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
  // Asked for late, it misses nothing any more.
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId, changedAt });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("a change of an order that Shopify hides is a problem until the merchant allows older orders", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  clock.pass(61 * DAY_MS);
  const told = { topic: "refunds/create" };
  const headers = { "x-shopify-triggered-at": clock.now().toISOString() };
  const unusable = webhookFor(world, `{"id":1,"order_id":${orderId}}`, told);
  await deliver(world, { ...unusable, headers: { ...unusable.headers, ...headers } });
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "unreadable" });
  expect(standing?.sentence).toContain("Allow older orders under Settings");
  world.shopifyState.optionalScopes = ["read_all_orders"];
  grantScopes(world.shopifyState, world.shop, ["read_all_orders"]);
  await startRetry(ports, { shop, reason: null });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("while Shopify is down it is asked again, further and further apart, for seven days", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world));
  const { domain: shop, clock, prisma } = world;
  const ports = withProblem(world, DOWN);
  const begun = clock.now().getTime();
  let payload: Parameters<typeof fetchOrder>[1] = { shop, orderId };
  for (let tries = 0; tries < 1_000; tries += 1) {
    await fetchOrder(ports, payload);
    const [job] = await prisma.$queryRaw<{ data: typeof payload; due: Date }[]>`
      DELETE FROM pgboss.job WHERE name = 'fetch-order' RETURNING data, start_after AS due`;
    if (!job) break;
    expect(job.due.getTime()).toBeGreaterThan(clock.now().getTime());
    clock.passTo(job.due);
    payload = job.data;
  }
  const waited = clock.now().getTime() - begun;
  expect(waited).toBeGreaterThanOrEqual(7 * DAY_MS);
  expect(waited).toBeLessThan(7.1 * DAY_MS);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "unreadable" });
});

test("an order of a shop that has left is not asked for", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world));
  await world.ports.store.shops.uninstall(world.domain, world.clock.now());
  await fetchOrder(world.ports, { shop: world.domain, orderId });
  expect(await world.ports.store.orders.find(world.domain, orderId)).toBeNull();
});

test("that Shopify once says it has no such order takes no commission back", async () => {
  const world = await worldWithCodes();
  const { domain: shop, account } = world;
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await fetchOrder(withoutOrders(world), { shop, orderId });
  expect(await isDeleted(world, orderId)).toBe(false);
  await world.drain();
  expect(await isDeleted(world, orderId)).toBe(false);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(account.actions.map(({ reversed }) => reversed)).toEqual([false]);
});

test("an order that Shopify has not hours later either is deleted, and reversed", async () => {
  const world = await worldWithCodes();
  const { domain: shop, clock } = world;
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.shop.orders.splice(0);
  const before = clock.now();
  await fetchOrder(world.ports, { shop, orderId });
  await world.drain();
  expect(clock.now().getTime() - before.getTime()).toBeGreaterThan(3_600_000);
  expect(await isDeleted(world, orderId)).toBe(true);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "reversed" });
});

test("an order taken for deleted that Shopify shows again is back, and reported again", async () => {
  const world = await worldWithCodes();
  const { domain: shop, account } = world;
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const orders = world.shop.orders.splice(0);
  await fetchOrder(world.ports, { shop, orderId });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "reversed" });
  world.shop.orders.push(...orders);
  await fetchOrder(world.ports, { shop, orderId });
  await world.drain();
  expect(await isDeleted(world, orderId)).toBe(false);
  expect(account.actions.map(({ orderId: id, reversed }) => [id, reversed])).toEqual([
    [orderId, true],
    [`${orderId}-2`, false],
  ]);
});

test("an order that a deletion named stays deleted, whatever Shopify still shows", async () => {
  const world = await worldWithCodes();
  const { domain: shop } = world;
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await deliver(world, webhookFor(world, `{"id":${orderId}}`, { topic: "orders/delete" }));
  await world.drain();
  await fetchOrder(world.ports, { shop, orderId });
  await world.drain();
  expect(await isDeleted(world, orderId)).toBe(true);
});

test("an unreadable order counts on the day it was placed, where that is known", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  const { domain: shop, ports, clock } = world;
  clock.pass(5 * DAY_MS);
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId });
  const placedAt = order.createdAt.toISOString();
  await fetchOrder(withProblem(world, REFUSED), { shop, orderId, placedAt });
  expect((await ports.store.orders.find(shop, orderId))?.placedAt).toEqual(order.createdAt);
});
