import { expect, test } from "vitest";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

test("a delivery that could not be used warns for seven days", async () => {
  const world = await createWorld();
  const { ports, domain, clock } = world;
  await deliver(world, webhookFor(world, "no JSON"));
  const warned = async () => [
    (await readHome(ports, domain)).problems,
    (await listOrders(ports, { shop: domain })).lostDeliveries.length,
  ];
  clock.pass(7 * DAY_MS);
  expect(await warned()).toEqual([1, 1]);
  clock.pass(1);
  expect(await warned()).toEqual([0, 0]);
});

test("a delivery that could not be used stops warning when its order has come another way", async () => {
  const world = await worldWithCodes();
  const { ports, domain } = world;
  const orderId = orderIdOf(buy(world));
  await deliver(world, webhookFor(world, `{"id":${orderId}}`));
  await world.drain();
  expect(await world.prisma.delivery.count({ where: { state: "failed" } })).toBe(1);
  expect(await readHome(ports, domain)).toMatchObject({ problems: 0 });
  expect(await listOrders(ports, { shop: domain })).toMatchObject({ lostDeliveries: [] });
});
