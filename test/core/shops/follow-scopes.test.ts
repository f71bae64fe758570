import { expect, test } from "vitest";
import { storeSession } from "#test/core/given/store-session.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { grantScopes } from "#test/sandbox/shopify/admin/grant-scopes.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;
const REQUIRED = "read_orders,read_products,write_discounts,write_pixels,read_customer_events";

/** A shop whose access token was given these scopes, and then is told to have others. */
async function changeScopes(world: World, before: string, current: string[]): Promise<string[]> {
  await storeSession(world, { scope: before });
  const body = JSON.stringify({ id: 1, previous: before.split(","), current });
  await deliver(world, webhookFor(world, body, { topic: "app/scopes_update" }));
  return world.drain();
}

test("who allows orders of any age has older ones compared at once, and once", async () => {
  const world = await worldWithCodes();
  await world.drain();
  buy(world, { codes: ["ANNA10"] });
  world.clock.pass(70 * DAY_MS);
  world.shopifyState.optionalScopes = ["read_all_orders"];
  grantScopes(world.shopifyState, world.shop, ["read_all_orders"]);
  const current = [...REQUIRED.split(","), "read_all_orders"];
  const ran = await changeScopes(world, REQUIRED, current);
  expect(ran.slice(0, 2)).toEqual(["follow-scopes", "reconcile-orders"]);
  expect(await world.prisma.order.count()).toBe(1);
  expect(await world.ports.store.shops.findScopes(world.domain)).toEqual(current);
  const [planned] = await world.ports.store.reconciliations.shopsToPlan({ after: null, limit: 9 });
  expect(planned).toMatchObject({ seesAllOrders: true });
  expect(await changeScopes(world, current.join(), current)).toEqual(["follow-scopes"]);
});

test("a scope that was withdrawn is gone from the session at once", async () => {
  const world = await worldWithCodes();
  const before = `${REQUIRED},read_all_orders`;
  expect(await changeScopes(world, before, ["read_orders"])).toEqual(["follow-scopes"]);
  expect(await world.ports.store.shops.findScopes(world.domain)).toEqual(["read_orders"]);
  const [planned] = await world.ports.store.reconciliations.shopsToPlan({ after: null, limit: 9 });
  expect(planned).toMatchObject({ seesAllOrders: false });
});

test("a change of scopes of a shop that has no token, or that can't be read, does nothing", async () => {
  const world = await worldWithCodes();
  const topic = "app/scopes_update";
  for (const body of [`{"current":["read_orders"]}`, "{}"]) {
    await deliver(world, webhookFor(world, body, { topic }));
    await world.drain();
  }
  expect(await world.ports.store.shops.findScopes(world.domain)).toBeNull();
  expect(await world.prisma.delivery.groupBy({ by: ["state"], where: { topic } })).toEqual([
    { state: "processed" },
  ]);
});
