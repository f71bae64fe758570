import fc from "fast-check";
import { expect, test } from "vitest";
import { toMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import { lineMoney, linesOf, whatCustomerKept } from "./order-books.ts";
import { orderForTests, refundsOf } from "./order-for-tests.ts";
import { orderJson } from "./order-json.ts";
import { ADJUSTMENT_KEYS, REFUND_KEYS, REFUND_LINE_KEYS, TRANSACTION_KEYS } from "./refund-keys.ts";
import { refundableMinor, refundOrder } from "./refund-order.ts";

test("a refunded unit lowers what is current and leaves what was ordered", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const [mugs = ""] = lineIds;
  const sent = refundOrder(state, shop, order, { lines: [{ lineItemId: mugs, quantity: 1 }] });
  expect(sent.map(({ topic }) => topic)).toEqual(["refunds/create", "orders/updated"]);
  expect(sent[0]?.payload).toEqual(refundsOf(order)[0]);
  expect(order.payload).toMatchObject({
    financial_status: "partially_refunded",
    subtotal_price: "97.96",
    current_subtotal_price: "80.01",
    total_price: "97.96",
    current_total_price: "80.01",
    total_discounts: "10.89",
    current_total_discounts: "8.89",
    total_outstanding: "0.00",
    line_items: [
      { quantity: 3, current_quantity: 2, discount_allocations: [{ amount: "5.99" }] },
      { quantity: 1, current_quantity: 1 },
    ],
    refunds: [
      {
        refund_line_items: [{ line_item_id: mugs, quantity: 1, subtotal: 17.95, total_tax: 0 }],
        order_adjustments: [],
        transactions: [{ kind: "refund", amount: "17.95", status: "success" }],
      },
    ],
  });
});

test("a refund has the keys of Shopify's own, at every level", () => {
  const { state, shop, order, lineIds } = orderForTests({
    shipping: { title: "Standard", minor: 500 },
    taxRate: 0.1,
  });
  const [mugs = ""] = lineIds;
  refundOrder(state, shop, order, {
    lines: [{ lineItemId: mugs, quantity: 1 }],
    shippingMinor: 500,
    amountMinor: 100,
  });
  const [refund] = refundsOf(order);
  const keys = (value: unknown) => Object.keys(value ?? {}).toSorted();
  expect(keys(refund)).toEqual(REFUND_KEYS);
  expect(keys(refund?.refund_line_items[0])).toEqual(REFUND_LINE_KEYS);
  expect(keys(refund?.order_adjustments[0])).toEqual(ADJUSTMENT_KEYS);
  expect(keys(refund?.transactions[0])).toEqual(TRANSACTION_KEYS);
  expect(JSON.parse(orderJson(refund))).toMatchObject({ id: expect.any(Number) });
});

test("amounts beyond the lines are negative adjustments, a fee kept back a positive one", () => {
  const { state, shop, order, lineIds } = orderForTests({
    shipping: { title: "Standard", minor: 500 },
  });
  refundOrder(state, shop, order, { shippingMinor: 500, amountMinor: 1_000 });
  refundOrder(state, shop, order, {
    lines: [{ lineItemId: lineIds[1] ?? "", quantity: 1 }],
    restockingFeeMinor: 400,
  });
  expect(refundsOf(order).map(({ order_adjustments }) => order_adjustments)).toMatchObject([
    [
      { kind: "shipping_refund", amount: "-5.00", reason: "Shipping refund" },
      { kind: "refund_discrepancy", amount: "-10.00", reason: "Refund discrepancy" },
    ],
    [{ kind: "refund_discrepancy", amount: "4.00", reason: "Restock" }],
  ]);
  expect(whatCustomerKept(order)).toMatchObject({ discrepancyMinor: -600 });
  expect(order.payload).toMatchObject({ total_outstanding: "0.00" });
});

test("a refund that is still pending notes a pair of adjustments that cancel out", () => {
  const { state, shop, order, lineIds } = orderForTests();
  refundOrder(state, shop, order, {
    lines: [{ lineItemId: lineIds[1] ?? "", quantity: 1 }],
    pending: true,
  });
  expect(refundsOf(order)[0]).toMatchObject({
    order_adjustments: [
      { amount: "44.10", reason: "Refund discrepancy" },
      { amount: "-44.10", reason: "Pending refund discrepancy" },
    ],
    transactions: [{ status: "pending" }],
  });
});

test("all units refunded after money was given beyond them balance to nothing kept", () => {
  const { state, shop, order } = orderForTests();
  refundOrder(state, shop, order, { amountMinor: 1_000 });
  const lines = linesOf(order).map(({ id, quantity }) => ({ lineItemId: id, quantity }));
  refundOrder(state, shop, order, { lines });
  expect(refundableMinor(order)).toBe(0);
  expect(whatCustomerKept(order)).toMatchObject({ discrepancyMinor: 0 });
  expect(order.payload).toMatchObject({
    financial_status: "refunded",
    current_total_price: "0.00",
    total_outstanding: "0.00",
  });
});

test("Shopify refuses units, shipping and money that are not there to give back", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const [mugs = ""] = lineIds;
  const refund = (request: object) => () => refundOrder(state, shop, order, request);
  expect(refund({ lines: [{ lineItemId: mugs, quantity: 4 }] })).toThrow("has 3 units left");
  expect(refund({ shippingMinor: 1 })).toThrow("no such shipping");
  expect(refund({ amountMinor: 9_797 })).toThrow("more than was paid");
  expect(refund({})).toThrow("nothing to refund");
  expect(order.payload["refunds"]).toEqual([]);
});

test("an unpaid order's units go without money", () => {
  const { state, shop, order, lineIds } = orderForTests({ financialStatus: "pending" });
  refundOrder(state, shop, order, { lines: [{ lineItemId: lineIds[0] ?? "", quantity: 3 }] });
  expect(refundsOf(order)[0]).toMatchObject({ transactions: [], order_adjustments: [] });
  expect(order.payload).toMatchObject({ financial_status: "pending", total_outstanding: "44.10" });
});

test("updated_at has whole seconds: two changes within one have the same", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const [mugs = ""] = lineIds;
  const times = [1, 1].map((quantity) => {
    refundOrder(state, shop, order, { lines: [{ lineItemId: mugs, quantity }] });
    return String(order.payload["updated_at"]);
  });
  expect(times[0]).toMatch(/^2026-11-22T07:00:\d\d-05:00$/);
  expect(times[1]).toBe(times[0]);
});

const currencies = fc.constantFrom("JPY", "USD", "KWD");

test("in any currency and order, refunded parts sum to the line's net and tax", () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 });
  const settings = fc.record({ currency: currencies, included: fc.boolean(), pieces });
  fc.assert(
    fc.property(settings, ({ currency, included, pieces: parts }) => {
      const quantity = parts.reduce((sum, part) => sum + part, 0);
      const request = { taxRate: 0.17, taxesIncluded: included };
      const {
        state,
        shop,
        order: bought,
      } = orderForTests({ ...request, quantityOfMugs: quantity }, { currency });
      const [line] = linesOf(bought);
      if (!line) throw new Error("no line");
      for (const part of parts) {
        const lines = [{ lineItemId: line.id, quantity: part }];
        refundOrder(state, shop, bought, { lines });
      }
      const refunded = refundsOf(bought).flatMap((refund) => refund.refund_line_items);
      const sum = (key: "subtotal" | "total_tax") =>
        refunded.reduce((total, each) => total + toMinor(String(each[key]), currency), 0);
      const { subtotal, tax } = lineMoney(bought, line);
      expect([sum("subtotal"), sum("total_tax")]).toEqual([subtotal, tax]);
      expect(bought.payload["financial_status"]).toBe("partially_refunded");
    }),
    { numRuns: 60 },
  );
});
