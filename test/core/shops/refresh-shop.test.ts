import { expect, test } from "vitest";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const CHANGED = {
  name: "Tea Palace",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  host: "tea-palace.example",
};

/** A shop that we know, and that then changes its name, currency and time zone. */
async function changedShop(): Promise<World> {
  const world = await createWorld();
  await ensureShop(world.ports, world.domain);
  const { timeZone: ianaTimezone, ...others } = CHANGED;
  Object.assign(world.shop, { ...others, ianaTimezone });
  await deliver(world, webhookFor(world, "{}", { topic: "shop/update" }));
  return world;
}

function deliveryOf({ prisma }: World) {
  return prisma.delivery.findFirstOrThrow({ where: { topic: "shop/update" } });
}

test("a shop that has changed is asked about and kept as it is now", async () => {
  const world = await changedShop();
  expect(await world.drain()).toEqual(["refresh-shop"]);
  expect(await world.ports.store.shops.find(world.domain)).toEqual(CHANGED);
  expect(await deliveryOf(world)).toMatchObject({ state: "processed" });
});

test("while Shopify is down the question comes again, later each time, until it is answered", async () => {
  const world = await changedShop();
  world.shopify.faults.failNext(3, 503);
  const start = world.clock.now().getTime();
  await world.drain(0);
  expect(await deliveryOf(world)).toMatchObject({ state: "received" });
  expect(await world.drain()).toEqual(["refresh-shop", "refresh-shop", "refresh-shop"]);
  expect(world.clock.now().getTime() - start).toBeGreaterThan(60_000);
  expect(await world.ports.store.shops.find(world.domain)).toEqual(CHANGED);
});

test("a question that is never answered ends, and the shop stays as it was", async () => {
  const world = await changedShop();
  world.shopify.faults.failNext(1_000, 503);
  expect((await world.drain()).length).toBeLessThan(50);
  expect(await deliveryOf(world)).toMatchObject({ state: "processed" });
  expect(await world.ports.store.shops.find(world.domain)).toMatchObject({ name: "Tea House" });
});

test("a shop that has uninstalled is asked nothing, and does not come back by it", async () => {
  const world = await changedShop();
  await world.ports.store.shops.uninstall(world.domain, world.clock.now());
  const asked = world.shopify.calls.length;
  await world.drain();
  expect(world.shopify.calls).toHaveLength(asked);
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
  expect(await deliveryOf(world)).toMatchObject({ state: "processed" });
});
