import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { storeSession } from "#test/core/given/store-session.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Delivers a webhook that is no order's and runs what follows, or only what is due at once. */
async function notify(world: World, topic: string): Promise<void> {
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic, webhookId: randomUUID() }));
  await world.drain();
}

test("an uninstalled shop has no token left, is not asked for anything more, and keeps its history", async () => {
  const world = await worldWithCodes();
  await storeSession(world);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await notify(world, "app/uninstalled");

  const rows = await rowsOfShop(world, world.domain);
  expect(rows).toMatchObject({ Session: 0, ImpactAccount: 0, Program: 0, Order: 1, Code: 2 });
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });

  const asked = world.impact.requests.length;
  const late = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, late));
  await world.drain();
  expect(world.impact.requests).toHaveLength(asked);
  expect(await standingOf(world, orderIdOf(late))).toMatchObject({ reason: "not-connected" });
});

test("a shop that comes back finds its history and goes on", async () => {
  const world = await worldWithCodes();
  await notify(world, "app/uninstalled");
  expect(await ensureShop(world.ports, world.domain)).toMatchObject({
    ok: true,
    value: { name: "Tea House", currency: "USD", timeZone: "America/New_York" },
  });
  await setUpProgram(world);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("a shop is asked about once, not at every visit", async () => {
  const world = await worldWithCodes();
  const calls = world.shopify.calls.length;
  await ensureShop(world.ports, world.domain);
  expect(world.shopify.calls).toHaveLength(calls);
});

test("while Shopify is down a new shop is told so and nothing is kept", async () => {
  const world = await worldWithCodes();
  await notify(world, "app/uninstalled");
  world.shopify.faults.failNext(1, 503);
  expect(await ensureShop(world.ports, world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", retry: "later" },
  });
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
});

test("a redacted shop has no row left in any table, and the other shop keeps every one", async () => {
  const world = await worldWithCodes();
  await storeSession(world);
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, "no JSON"));
  const other = await withSecondShop(world);
  await storeSession(other);
  const before = await rowsOfShop(world, other.domain);
  const mine = await rowsOfShop(world, world.domain);
  // A table that this test fills with nothing would be proved empty by accident.
  expect(Object.keys(mine).filter((table) => mine[table] === 0)).toEqual([]);

  await notify(world, "shop/redact");
  const left = await rowsOfShop(world, world.domain);
  expect(Object.keys(left).filter((table) => left[table] !== 0)).toEqual([]);
  expect(await rowsOfShop(world, other.domain)).toEqual(before);
});

test("jobs that were waiting when a shop was erased end without a trace", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await world.ports.store.shops.erase(world.domain);
  await world.drain();
  const left = await rowsOfShop(world, world.domain);
  expect(Object.values(left).every((count) => count === 0)).toBe(true);
});
