import { expect, test } from "vitest";
import { orderListView } from "#app/components/orders/order-list-view.server.ts";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

async function amountsIn({ ports, domain: shop }: World) {
  const { rows } = orderListView(await listOrders(ports, { shop }), { timeZone: "UTC" });
  return rows.map(({ amount, kept }) => ({ amount, kept }));
}

test("an order in a list says what is kept of its amount, where a refund took some of it", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await amountsIn(world)).toEqual([{ amount: "$69.00", kept: null }]);
  world.clock.pass(60_000);
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  expect(await amountsIn(world)).toEqual([{ amount: "$69.00", kept: "$49.00" }]);
});

test("of a cancelled order nothing is kept", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  world.clock.pass(60_000);
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer" }));
  await world.drain();
  expect(await amountsIn(world)).toEqual([{ amount: "$69.00", kept: "$0.00" }]);
});
