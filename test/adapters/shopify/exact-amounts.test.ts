import { expect, test } from "vitest";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";
import { readRefundPayload } from "#app/adapters/shopify/read-refund-payload.ts";

const NOON = "2026-11-23T12:00:00Z";
const MOST = "90071992547409.91";

function orderOf(lines: { price: string; quantity: number }[], refunds: unknown[] = []) {
  return readOrderPayload({
    id: "9007199254742001",
    name: "#1001",
    currency: "USD",
    created_at: NOON,
    updated_at: NOON,
    line_items: lines.map((line, index) => ({ id: `${index}`, ...line })),
    refunds,
  });
}

const refundOf = (subtotals: string[]) => ({
  id: "1",
  order_id: "9007199254742001",
  created_at: NOON,
  refund_line_items: [],
  order_adjustments: subtotals.map((amount) => ({
    kind: "refund_discrepancy",
    amount,
    amount_set: { shop_money: { amount, currency_code: "USD" } },
  })),
});

test("an order of the largest amount that can be counted exactly is read", () => {
  expect(orderOf([{ price: MOST, quantity: 1 }]).kind).toBe("order");
});

test.each([
  ["a line", [{ price: "90000000000000.00", quantity: 900_000 }]],
  ["all lines together", Array.from({ length: 2 }, () => ({ price: MOST, quantity: 1 }))],
])("an order is unusable where the amount of %s can't be counted exactly", (_what, lines) => {
  expect(orderOf(lines)).toMatchObject({
    kind: "unusable",
    orderId: "9007199254742001",
    problem: expect.stringContaining("too large") as string,
  });
});

test("a refund is unusable where its amounts can't be counted exactly", () => {
  expect(readRefundPayload(refundOf([`-${MOST}`, `-${MOST}`])).kind).toBe("unusable");
  const content = orderOf([{ price: "1.00", quantity: 1 }], [refundOf([MOST, MOST])]);
  expect(content.kind).toBe("unusable");
});
