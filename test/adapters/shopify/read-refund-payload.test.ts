import { expect, test } from "vitest";
import { readRefundPayload } from "#app/adapters/shopify/read-refund-payload.ts";
import type { Refund } from "#app/core/orders/order-facts.ts";

const set = (amount: string, currency = "USD") => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount: "999.99", currency_code: "EUR" },
});
const line = {
  line_item_id: 9007199254743,
  quantity: 2,
  subtotal: 39.98,
  subtotal_set: set("39.98"),
  total_tax: 3.2,
  total_tax_set: set("3.20"),
};

function refund(changes: Record<string, unknown>) {
  return {
    id: "9007199254742009",
    order_id: "9007199254742001",
    created_at: "2026-11-23T12:00:00-05:00",
    note: "Kim Example called",
    refund_line_items: [],
    order_adjustments: [],
    ...changes,
  };
}

function refundOf(changes: Record<string, unknown>): Refund {
  const content = readRefundPayload(refund(changes));
  if (content.kind !== "refund") throw new Error(JSON.stringify(content));
  return content.refund;
}

test("a refund's lines are read in minor units, and of its note nothing is kept", () => {
  const read = refundOf({ refund_line_items: [line] });
  expect(read).toEqual({
    refundId: "9007199254742009",
    createdAt: new Date("2026-11-23T17:00:00Z"),
    lines: [{ lineId: "9007199254743", quantity: 2, subtotalMinor: 3_998, taxMinor: 320 }],
    adjustmentMinor: 0,
  });
});

test("amounts are the shop's, also where the plain fields are in the customer's currency", () => {
  const paidInEuro = { ...line, subtotal: "36.10", total_tax: "2.90" };
  expect(refundOf({ refund_line_items: [paidInEuro] }).lines).toMatchObject([
    { subtotalMinor: 3_998, taxMinor: 320 },
  ]);
});

test("the currency's own digits count", () => {
  const of = (currency: string, subtotal: string) =>
    refundOf({
      refund_line_items: [
        { ...line, subtotal_set: set(subtotal, currency), total_tax_set: null, total_tax: 0 },
      ],
    }).lines[0]?.subtotalMinor;
  expect([of("JPY", "1200.0"), of("KWD", "1.250")]).toEqual([1_200, 1_250]);
});

test("numbers and texts are the same amount, without the noise of floats", () => {
  const inNumbers = { ...line, subtotal_set: set("39.98"), total_tax_set: null };
  const tax = (total_tax: unknown) =>
    refundOf({ refund_line_items: [{ ...inNumbers, total_tax }] }).lines[0]?.taxMinor;
  expect([tax("0.30"), tax(0.3), tax(0.1 + 0.2)]).toEqual([30, 30, 30]);
});

test("money given back is negative, and what is given back of the shipping is left out", () => {
  const order_adjustments = [
    { kind: "refund_discrepancy", amount: "-8.00", tax_amount: "0.00", amount_set: set("-8.00") },
    { kind: "shipping_refund", amount: "-5.00", tax_amount: "-0.40", amount_set: set("-5.00") },
    { kind: "refund_discrepancy", amount: "3.00", tax_amount: "0.00", amount_set: set("3.00") },
  ];
  expect(refundOf({ order_adjustments }).adjustmentMinor).toBe(-500);
});

test("money given back is the customer's, with the tax that Shopify states beside it", () => {
  const order_adjustments = [
    {
      kind: "refund_discrepancy",
      amount: "-7.40",
      amount_set: set("-7.40"),
      tax_amount: "-0.60",
      tax_amount_set: set("-0.60"),
    },
  ];
  expect(refundOf({ order_adjustments }).adjustmentMinor).toBe(-800);
});

test.each([
  [
    "no amount",
    { refund_line_items: [{ ...line, subtotal: null, subtotal_set: null }] },
    /currency|amount/,
  ],
  [
    "amounts without a currency",
    { refund_line_items: [{ ...line, subtotal_set: null }] },
    /its amounts name no currency/,
  ],
  ["no time", { created_at: null }, /missing or wrong: created_at/],
  [
    "half a unit",
    { refund_line_items: [{ ...line, quantity: 0.5 }] },
    /refund_line_items\.0\.quantity/,
  ],
])("a refund with %s says so, quotes nobody, and keeps its order's id", (_what, changes, says) => {
  const content = readRefundPayload(refund(changes));
  expect(content).toMatchObject({ kind: "unusable", orderId: "9007199254742001" });
  expect(JSON.stringify(content)).toMatch(says);
  expect(JSON.stringify(content)).not.toMatch(/Kim/);
});

test.each([null, [], {}, { order_id: "x", id: 1, created_at: "2026-11-23T12:00:00Z" }])(
  "%j is no refund of any order",
  (json) => {
    expect(readRefundPayload(json)).toMatchObject({ kind: "unusable", orderId: null });
  },
);
