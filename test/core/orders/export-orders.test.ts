import { expect, test } from "vitest";
import type { ShopDomain } from "#app/core/ids.ts";
import { exportOrders } from "#app/core/orders/export-orders.ts";
import type { OrderFilter } from "#app/core/ports/order-stores.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

async function exported({ ports, domain }: World, filter: OrderFilter = {}, shop = domain) {
  const pieces: string[] = [];
  const asked = { shop, filter, timeZone: "America/New_York" };
  for await (const piece of exportOrders(ports, asked)) pieces.push(piece);
  const [mark, ...rows] = [pieces.join("").slice(0, 1), ...pieces.join("").slice(1).split("\r\n")];
  expect(mark).toBe("\uFEFF");
  return rows.slice(0, -1);
}

test("a file of orders says who earned each, why, and what is kept of it", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["anna10"] });
  await deliver(world, webhookFor(world, order));
  const other = buy(world);
  await deliver(world, webhookFor(world, other));
  await world.drain();
  world.clock.pass(60_000);
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  const [heading, ...rows] = await exported(world);
  expect(heading).toBe(
    "Order,Order id,Placed (America/New_York),State,Why,Partner,Partner id,Code,Currency,Net amount,Kept after refunds",
  );
  const byId = new Map(rows.map((row) => [row.split(",")[1], row]));
  expect(byId.size).toBe(2);
  expect(byId.get(order.id)).toMatch(/,reported,.*,Anna Able,10001,ANNA10,USD,62\.10,44\.10$/);
  expect(byId.get(other.id)).toMatch(/,ignored,.*,,,,USD,69\.00,69\.00$/);
  expect(await exported(world, { state: "reported" })).toHaveLength(2);
});

test("orders of another shop are in no file", async () => {
  const world = await worldWithCodes();
  await deliver(world, webhookFor(world, buy(world)));
  await world.drain();
  expect(await exported(world)).toHaveLength(2);
  expect(await exported(world, {}, "other.myshopify.com" as ShopDomain)).toHaveLength(1);
});

test("a file of more orders than are read at once holds each once, newest first", async () => {
  const world = await worldWithCodes();
  const orders = [];
  for (let count = 0; count < 7; count += 1) {
    const order = buy(world);
    await deliver(world, webhookFor(world, order));
    orders.push(order.id);
    // Two of them are of the same second.
    if (count !== 3) world.clock.pass(1_000);
  }
  await world.drain();
  const { page } = world.ports.store.orders;
  const orderStore = {
    ...world.ports.store.orders,
    page: (shop: ShopDomain, filter: Parameters<typeof page>[1]) =>
      page(shop, { ...filter, limit: 2 }),
  };
  const ports = { ...world.ports, store: { ...world.ports.store, orders: orderStore } };
  const [, ...rows] = await exported({ ...world, ports });
  const ids = rows.map((row) => row.split(",")[1]);
  expect(ids.toSorted()).toEqual(orders.toSorted());
  expect(ids[0]).toBe(orders.at(-1));
});
