import { expect, test } from "vitest";
import { readRefundNode, type RefundNode } from "#app/adapters/shopify/read-order-node.ts";

const money = (amount: string) => ({ shopMoney: { amount } });

function refundNode(changes: Partial<RefundNode>): RefundNode {
  return {
    id: "gid://shopify/Refund/9007199254742009",
    createdAt: new Date("2026-11-23T12:00:00Z"),
    updatedAt: new Date("2026-11-23T13:00:00Z"),
    refundLineItems: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    orderAdjustments: { nodes: [] },
    refundShippingLines: { nodes: [] },
    ...changes,
  };
}

function adjustments(...nodes: [reason: string | null, amount: string, tax?: string][]) {
  return {
    nodes: nodes.map(([reason, amount, tax = "0.00"]) => ({
      reason,
      amountSet: money(amount),
      taxAmountSet: money(tax),
    })),
  };
}

test("the refund of shipping is left out, should Shopify list it among the adjustments", () => {
  const refund = refundNode({
    orderAdjustments: adjustments([null, "-7.00"], ["REFUND_DISCREPANCY", "-5.00"]),
    refundShippingLines: { nodes: [{ subtotalAmountSet: money("7.00") }] },
  });
  expect(readRefundNode(refund, [], "USD").adjustmentMinor).toBe(-500);
});

test("money given back counts, also where Shopify names no reason for it", () => {
  const refund = refundNode({ orderAdjustments: adjustments([null, "-7.00"]) });
  expect(readRefundNode(refund, [], "USD").adjustmentMinor).toBe(-700);
  const withShipping = refundNode({
    orderAdjustments: adjustments(["CUSTOMER", "-7.00"]),
    refundShippingLines: { nodes: [{ subtotalAmountSet: money("7.00") }] },
  });
  expect(readRefundNode(withShipping, [], "USD").adjustmentMinor).toBe(-700);
});

test("money given back counts with its tax, and shipping is left out with its own", () => {
  const refund = refundNode({
    orderAdjustments: adjustments(
      ["REFUND_DISCREPANCY", "-7.40", "-0.60"],
      [null, "-5.00", "-0.40"],
    ),
    refundShippingLines: { nodes: [{ subtotalAmountSet: money("5.00") }] },
  });
  expect(readRefundNode(refund, [], "USD").adjustmentMinor).toBe(-800);
});

test("a refund that says not when it was made is as old as its last change", () => {
  expect(readRefundNode(refundNode({ createdAt: null }), [], "USD")).toMatchObject({
    refundId: "9007199254742009",
    createdAt: new Date("2026-11-23T13:00:00Z"),
  });
});
