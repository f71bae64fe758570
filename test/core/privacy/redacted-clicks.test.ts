import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { simulateRule } from "#app/core/simulation/simulate-rule.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { payOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

async function redact(world: World, orders: StoredOrder[]): Promise<void> {
  const body = `{"customer":{"id":1},"orders_to_redact":[${orders.map(({ id }) => id).join(",")}]}`;
  await deliver(world, webhookFor(world, body, { topic: "customers/redact" }));
}

const paidOf = ({ impactState }: World, orderId: OrderId) =>
  actionsOf(impactState)
    .filter((action) => action.orderId.startsWith(orderId))
    .map(({ partnerId, because }) => [partnerId, because])
    .toSorted();

const ANNA_AND_BEN = [
  ["10001", "promo code"],
  ["10002", "click"],
];

test("a customer who is forgotten before an order goes changes nothing about who earns it, and nothing of them comes back", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await ports.store.shops.saveReportSettings(shop, { reportWhen: "paid", amountBasis: "net" });
  await trackClicksOf(world, "10002");
  await shareOrders(world, [70, 30]);
  // One is held, since impact.com doesn't know its click yet; the other waits to be paid.
  const seen = { irclickid_seen: world.clock.now().toISOString() };
  const held = buy(world, { codes: ["ANNA10"], cartAttributes: { irclickid: "new", ...seen } });
  const unpaid = buy(world, {
    ...{ codes: ["ANNA10"], financialStatus: "pending" },
    cartAttributes: { irclickid: "old", ...seen },
  });
  for (const order of [held, unpaid]) await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(held))).toMatchObject({ reason: "click-pending" });
  expect(await standingOf(world, orderIdOf(unpaid))).toMatchObject({ reason: "not-paid" });

  await redact(world, [held, unpaid]);
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(held))).toMatchObject({ reason: "click-pending" });
  clickOf(world, "10002", "new");
  clickOf(world, "10002", "old");
  world.clock.pass(1_000);
  await deliverAll(world, payOrder(world.shopifyState, world.shop, unpaid));
  await world.drain(3_600_000);
  for (const orderId of [held, unpaid].map(orderIdOf)) {
    expect(paidOf(world, orderId)).toEqual(ANNA_AND_BEN);
    const reading = await readOrder(ports, { shop, orderId });
    const nothing = { clicks: [], checkoutHash: null, emailSha1: null };
    expect(reading?.order.facts).toMatchObject(nothing);
    expect(await ports.store.clicks.listForOrder(shop, orderId)).toEqual([]);
    expect(reading?.others.map(({ rule }) => rule)).toContain(
      "Where a click meets a code, a code earns only where there is no click.",
    );
  }
  // Tried on paper, other rules would need clicks that no decision has named.
  const tried = await simulateRule(ports, { shop, days: 7, form: RULE_FORM, subject: null });
  expect(tried).toMatchObject({ ok: true, simulation: { orders: 0 } });
});
