import { z } from "zod";
import { isOrderId, type OrderId, type ShopDomain } from "#app/core/ids.ts";
import type { Refund } from "#app/core/orders/order-facts.ts";
import type { Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { parseMoney } from "#app/core/money.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { ORDER_BY_ID, ORDERS_CHANGED, ORDERS_COUNT, REFUND_BY_ID } from "./documents/orders.ts";
import {
  legacyId,
  orderNode,
  readOrderNode,
  readRefundNode,
  statusOf,
  refundNode,
  type LineItemNode,
  type OrderNode,
  type RefundLineNode,
} from "./read-order-node.ts";
import { readTips } from "./read-tips.ts";
import { AmountError, anyInstant } from "./shopify-amounts.ts";
import { unavailable } from "./shopify-problems.ts";

const orderData = z.object({ order: orderNode.nullable() });
const refundData = z.object({ refund: refundNode.nullable() });
const changedData = z.object({
  orders: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        createdAt: anyInstant,
        updatedAt: anyInstant,
        cancelledAt: anyInstant.nullable(),
        displayFinancialStatus: z.string().nullable(),
        currencyCode: z.string(),
        currentSubtotalPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
        refunds: z.array(z.object({ id: z.string(), updatedAt: anyInstant })),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
const countData = z.object({
  ordersCount: z.object({ count: z.number().int(), precision: z.string() }).nullable(),
});

type OrderCalls = Pick<Shopify, "readOrder" | "listOrders" | "countOrders">;

export function createOrderCalls(client: AdminClient): OrderCalls {
  return {
    async readOrder(shop, orderId, { clickParameter } = { clickParameter: null }) {
      const found = await readLines(client, shop, orderId);
      if (!found.ok) return found;
      if (!found.value) return success(null);
      const { order, lines } = found.value;
      try {
        const tips = await readTips(client, shop, order);
        if (!tips.ok) return tips;
        const refunds = await readRefunds(client, shop, order);
        if (!refunds.ok) return refunds;
        const more = { refunds: refunds.value, tips: tips.value, clickParameter };
        return success(readOrderNode(order, lines, more));
      } catch (error) {
        if (error instanceof AmountError) return failure(unreadable(error.message));
        throw error;
      }
    },

    async listOrders(shop, { updatedFrom, updatedTo, cursor }) {
      const query = period("updated_at", updatedFrom, updatedTo);
      const page: Record<string, unknown> = { query, after: cursor };
      const answer = await client.request(shop, ORDERS_CHANGED, page, changedData);
      if (!answer.ok) return answer;
      const { nodes, pageInfo } = answer.value.orders;
      return success({
        orders: nodes.flatMap(({ id, createdAt: placedAt, updatedAt, ...node }) => {
          const orderId = legacyId(id);
          const financialStatus = statusOf(node.displayFinancialStatus);
          const isCancelled = node.cancelledAt !== null;
          const refunds = node.refunds.length;
          const refundedAt = lastOf(node.refunds.map((refund) => refund.updatedAt));
          const subtotal = node.currentSubtotalPriceSet.shopMoney.amount;
          const money = parseMoney(subtotal, node.currencyCode);
          const subtotalMinor = money.ok ? money.value.minor : null;
          const version = { updatedAt, financialStatus, isCancelled, refunds, refundedAt };
          return isOrderId(orderId) ? [{ orderId, placedAt, ...version, subtotalMinor }] : [];
        }),
        nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      });
    },

    async countOrders(shop, { from, to }, how) {
      const query = period("created_at", from, to);
      const answer = await client.request(shop, ORDERS_COUNT, { query }, countData, how);
      if (!answer.ok) return answer;
      const counted = answer.value.ordersCount;
      return counted?.precision === "EXACT"
        ? success(counted.count)
        : failure(unavailable(`a count that is ${counted?.precision ?? "missing"}`));
    },
  };
}

function lastOf(times: Date[]): Date | null {
  return times.length > 0 ? new Date(Math.max(...times.map((time) => time.getTime()))) : null;
}

function period(field: string, from: Date, to: Date): string {
  return `${field}:>='${from.toISOString()}' AND ${field}:<'${to.toISOString()}'`;
}

/**
 * All lines of an order. The facts are as old as their first page: what changes while the other
 * pages are read changes `updatedAt` once more, and is told by a webhook or the next reconciliation.
 */
async function readLines(
  client: AdminClient,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<Result<{ order: OrderNode; lines: LineItemNode[] } | null, ShopifyProblem>> {
  const id = `gid://shopify/Order/${orderId}`;
  const lines: LineItemNode[] = [];
  let first: OrderNode | null = null;
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id, after };
    const answer = await client.request(shop, ORDER_BY_ID, page, orderData);
    if (!answer.ok) return answer;
    const { order } = answer.value;
    if (!order) return success(null);
    first ??= order;
    lines.push(...order.lineItems.nodes);
    if (!order.lineItems.pageInfo.hasNextPage) return success({ order: first, lines });
    after = order.lineItems.pageInfo.endCursor;
    if (after === null) return failure(unavailable("a page without a cursor"));
  }
}

async function readRefunds(
  client: AdminClient,
  shop: ShopDomain,
  order: OrderNode,
): Promise<Result<Refund[], ShopifyProblem>> {
  const refunds: Refund[] = [];
  for (const { id } of order.refunds) {
    const refund = await readRefund(client, shop, id, order.currencyCode);
    if (!refund.ok) return refund;
    if (refund.value) refunds.push(refund.value);
  }
  return success(refunds);
}

async function readRefund(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
  currency: string,
): Promise<Result<Refund | null, ShopifyProblem>> {
  const lines: RefundLineNode[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id, after };
    const answer = await client.request(shop, REFUND_BY_ID, page, refundData);
    if (!answer.ok) return answer;
    const { refund } = answer.value;
    if (!refund) return success(null);
    lines.push(...refund.refundLineItems.nodes);
    const { hasNextPage, endCursor } = refund.refundLineItems.pageInfo;
    if (!hasNextPage) return success(readRefundNode(refund, lines, currency));
    if (endCursor === null) return failure(unavailable("a page without a cursor"));
    after = endCursor;
  }
}

/** Asking once more would tell the same. */
function unreadable(cause: string): ShopifyProblem {
  const message = `Shopify's order can't be read: ${cause}`;
  return { kind: "refused", retry: "never", message, cause };
}
