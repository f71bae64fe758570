import { expect, test } from "vitest";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { buy, deliver, orderIdOf, variantOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function compare(world: World) {
  const { ports, domain: shop, clock } = world;
  clock.pass(1_000);
  await startReconciliation(ports, { shop, kind: "actions" });
  await world.drain(60_000);
  const found = await ports.store.differences.list(shop, { limit: 50 });
  return found.map(({ kind, impactOrderId }) => [kind, impactOrderId]);
}

/** Everything of it was returned, and later something else put on it. */
async function exchanged() {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const lines = order.payload["line_items"] as { id: string }[];
  world.clock.pass(60_000);
  const returned = lines.map(({ id }) => ({ lineItemId: id, quantity: 1 }));
  await deliverAll(world, staffOf(world).refund(order, { lines: returned }));
  await world.drain(60_000);
  world.clock.pass(60_000);
  const add = [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  return { world, orderId };
}

test("an action of ours that is listed as it was before its reversal is nobody else's, and later paid twice", async () => {
  const { world, orderId } = await exchanged();
  const [first] = actionsOf(world.impactState, orderId);
  if (!first) throw new Error("no action");
  first.reversed = false;
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
  expect(await compare(world)).toEqual([]);
  await world.drain(DAY_MS / 4);
  const { impactOrderId } = await conversionOf(world, orderId);
  expect(impactOrderId).toBe(`${orderId}-2`);
  expect(await compare(world)).toEqual([]);
  world.clock.pass(2 * DAY_MS);
  expect(await compare(world)).toEqual([["paid-twice", orderId]]);
  expect(await world.ports.store.credited.list(world.domain, orderId)).toEqual([]);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported" });
  first.reversed = true;
  expect(await compare(world)).toEqual([]);
});
