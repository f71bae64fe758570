import { expect, test } from "vitest";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

test("a delivery that could not be used warns for seven days", async () => {
  const world = await createWorld();
  const { ports, domain, clock } = world;
  await deliver(world, webhookFor(world, "no JSON"));
  const warned = async () => [
    (await readHome(ports, domain)).failedDeliveries,
    (await listOrders(ports, { shop: domain })).failedDeliveries.length,
  ];
  clock.pass(7 * DAY_MS);
  expect(await warned()).toEqual([1, 1]);
  clock.pass(1);
  expect(await warned()).toEqual([0, 0]);
});
