import { expect, test } from "vitest";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";

const DAY = 86_400_000;

test("an order that can't be reported any more keeps nothing of its customer", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await ports.store.connections.remove(shop);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const hash = async () => (await ports.store.orders.find(shop, orderIdOf(order)))?.facts.emailSha1;
  expect(await hash()).toMatch(/^[0-9a-f]{40}$/);
  world.clock.pass(90 * DAY);
  await ports.store.queue.send("process-order", { shop, orderId: orderIdOf(order) });
  await world.drain(1_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "too-late" });
  expect(await hash()).toBeNull();
});
