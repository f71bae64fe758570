import { expect, test } from "vitest";
import { readPixel, turnOnPixel } from "#app/core/clicks/pixel.ts";
import { shareOrders } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ENDPOINT = "https://app.example.com/clicks";

test("the pixel is off until it is turned on, and then tells clicks where the app listens", async () => {
  const world = await createWorld();
  const asked = { shop: world.domain, endpoint: ENDPOINT };
  expect(await readPixel(world.ports, asked)).toEqual({ ok: true, value: { isOn: false } });
  expect(await turnOnPixel(world.ports, asked)).toMatchObject({ ok: true });
  expect(world.shop.webPixel?.settings).toEqual({ endpoint: ENDPOINT });
  expect(await readPixel(world.ports, asked)).toEqual({ ok: true, value: { isOn: true } });
  const { webPixel } = world.shop;
  expect(await turnOnPixel(world.ports, asked)).toMatchObject({ ok: true });
  expect(world.shop.webPixel).toBe(webPixel);
});

test("a pixel that tells clicks to an address of before is corrected", async () => {
  const world = await createWorld();
  world.shop.webPixel = { id: "gid://shopify/WebPixel/7", settings: { endpoint: "https://old" } };
  const asked = { shop: world.domain, endpoint: ENDPOINT };
  expect(await readPixel(world.ports, asked)).toEqual({ ok: true, value: { isOn: false } });
  await turnOnPixel(world.ports, asked);
  expect(world.shop.webPixel).toEqual({
    id: "gid://shopify/WebPixel/7",
    settings: { endpoint: ENDPOINT },
  });
});

/** Where an order with Anna's code and no click stands half a minute after it was placed. */
async function standingSoon(world: World) {
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(30_000);
  return standingOf(world, orderIdOf(order));
}

test("an order waits for its checkout's pixel only where that is on, as Home last heard of Shopify", async () => {
  const world = await worldWithCodes();
  await shareOrders(world, [70, 30]);
  const asked = { shop: world.domain, endpoint: ENDPOINT };
  expect(await standingSoon(world)).toMatchObject({ state: "reported" });
  await turnOnPixel(world.ports, asked);
  expect(await standingSoon(world)).toMatchObject({ reason: "click-pending" });
  // Turned off by somebody else: Home hears of it.
  world.shop.webPixel = null;
  await readPixel(world.ports, asked);
  expect(await standingSoon(world)).toMatchObject({ state: "reported" });
});

test("what Shopify refuses is said in its words", async () => {
  const world = await createWorld();
  const refused = await turnOnPixel(world.ports, { shop: world.domain, endpoint: "" });
  expect(refused).toMatchObject({ ok: false, problem: { kind: "refused", retry: "never" } });
});
