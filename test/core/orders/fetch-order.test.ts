import { expect, test } from "vitest";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import type { OrderId } from "#app/core/ids.ts";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
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

test("an order that we have keeps its line when it can't be read again", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await fetchOrder(withProblem(world, REFUSED), { shop: world.domain, orderId });
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
