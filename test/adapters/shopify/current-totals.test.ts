import { expect, test } from "vitest";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";
import { orderForTests } from "#test/sandbox/shopify/orders/order-for-tests.ts";

function currentOf(changes: Record<string, unknown>) {
  const { order } = orderForTests({ taxesIncluded: true, taxRate: 0.19 }, { currency: "USD" });
  const content = readOrderPayload({ ...order.payload, ...changes });
  if (content.kind !== "order") throw new Error(JSON.stringify(content));
  return content.facts.current;
}

const set = (amount: string) => ({ shop_money: { amount, currency_code: "USD" } });

test("what an order comes to now is read in the shop's currency, from the set or the plain amount", () => {
  const sets = {
    current_subtotal_price_set: set("93.10"),
    current_total_tax_set: set("14.86"),
  };
  const current = { subtotalMinor: 9_310, taxMinor: 1_486 };
  expect(currentOf({ ...sets, current_subtotal_price: "100.00" })).toEqual(current);
  const plain = { current_subtotal_price: "93.10", current_total_tax: "14.86" };
  const without = { current_subtotal_price_set: null, current_total_tax_set: null };
  expect(currentOf({ ...plain, ...without })).toEqual(current);
});

test.each([
  ["missing", { current_subtotal_price: null, current_subtotal_price_set: null }],
  ["no amount", { current_total_tax: "a lot", current_total_tax_set: set("a lot") }],
  ["of another shape", { current_total_tax: true, current_total_tax_set: [] }],
])("no order is lost where what it comes to now is %s", (_what, changes) => {
  expect(currentOf(changes)).toBeNull();
});
