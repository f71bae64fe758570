import fc from "fast-check";
import { expect, test } from "vitest";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import { earnedLines, earnedMinor } from "#app/core/orders/earned-lines.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { variantId } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { orderForTests } from "#test/sandbox/shopify/orders/order-for-tests.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { finallyPaidFor } from "./finally-paid.ts";
import { lifeStep, paidIn, takeStep } from "./life-step.ts";

const life = fc.record({
  currency: fc.constantFrom("JPY", "USD", "KWD"),
  paidIn,
  taxesIncluded: fc.boolean(),
  taxRate: fc.constantFrom(0, 0.07, 0.19),
  mugs: fc.integer({ min: 1, max: 7 }),
  steps: fc.array(lifeStep, { maxLength: 8 }),
  isCancelled: fc.boolean(),
  basis: fc.constantFrom<AmountBasis>("net", "net-with-tax", "gross"),
});

/** What the app reads from the newest webhook of an order, by its own bytes. */
function readBack(order: StoredOrder) {
  const headers = new Headers({
    "x-shopify-topic": "orders/updated",
    "x-shopify-shop-domain": "tea-house.myshopify.com",
    "x-shopify-webhook-id": "1",
  });
  const body = new TextEncoder().encode(orderJson(order.payload));
  const content = readWebhook(headers, body)?.content;
  if (content?.kind !== "order") throw new Error(JSON.stringify(content));
  return { facts: content.facts, refunds: content.facts.refunds };
}

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** Lives it, and gives what the partner should earn in the end beside what the app makes of it. */
function live(
  { currency, paidIn, taxesIncluded, taxRate, mugs, steps, isCancelled, basis }: Life,
  { editsAppearAsRefunds = true } = {},
) {
  const shipping = { title: "Standard", minor: 700 };
  const request = { quantityOfMugs: mugs, taxesIncluded, taxRate, shipping, ...paidIn };
  const given = orderForTests(request, { currency });
  const { state, shop, order } = given;
  state.editsAppearAsRefunds = editsAppearAsRefunds;
  const added = variantId(shop, "MUG-BLUE");
  for (const each of steps) takeStep({ ...given, added }, each);
  if (isCancelled) cancelOrder(state, shop, order, { reason: "other", refund: true });
  return {
    wanted: finallyPaidFor(order, basis),
    earned: earnedMinor(earnedLines(readBack(order), basis)),
  };
}

test("whatever happens to an order at Shopify, the app reads from its webhook what the customer kept", () => {
  fc.assert(
    fc.property(life, (any) => {
      const { wanted, earned } = live(any);
      expect(earned).toBe(wanted);
      if (any.isCancelled) expect(earned).toBe(0);
    }),
    { numRuns: 400 },
  );
});

test("where edits are in no refund, what is left of the lines comes to what Shopify states", () => {
  fc.assert(
    fc.property(life, (any) => {
      const { wanted, earned } = live(any, { editsAppearAsRefunds: false });
      expect(earned).toBe(wanted);
    }),
    { numRuns: 400 },
  );
});
