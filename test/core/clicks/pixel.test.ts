import { expect, test } from "vitest";
import { readPixel, turnOnPixel } from "#app/core/clicks/pixel.ts";
import { createWorld } from "#test/support/world.ts";

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

test("what Shopify refuses is said in its words", async () => {
  const world = await createWorld();
  const refused = await turnOnPixel(world.ports, { shop: world.domain, endpoint: "" });
  expect(refused).toMatchObject({ ok: false, problem: { kind: "refused", retry: "never" } });
});
