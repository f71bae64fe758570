import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { booksOf } from "./order-books.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { orderWebhook, touchOrder } from "./order-webhook.ts";
import type { Discrepancy, RestockType } from "./refund-payload.ts";
import { refundPayload } from "./refund-payload.ts";
import { outstandingMinor, retotalOrder, shippingTotals } from "./retotal-order.ts";
import type { LineQuantity, TakenPart } from "./take-from-line.ts";
import { partOf, takeFromLine, worthOf } from "./take-from-line.ts";

/** Amounts in minor units of the shop currency. */
export interface RefundRequest {
  lines?: readonly LineQuantity[];
  shippingMinor?: number;
  /** Given back beyond lines and shipping. */
  amountMinor?: number;
  /** Kept back from what the lines are worth. */
  restockingFeeMinor?: number;
  restockType?: RestockType;
  /** The gateway takes its time: Shopify then notes a pair of adjustments that cancel out. */
  pending?: boolean;
  at?: Date;
}

/** Refunds units, shipping, an amount, or all of them; refuses what Shopify refuses. */
export function refundOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  request: RefundRequest,
): OrderWebhook[] {
  const { shippingMinor = 0, amountMinor = 0, restockingFeeMinor = 0 } = request;
  refuseTooMuch(order, request);
  const parts = (request.lines ?? []).map((each) => takeFromLine(order, each));
  const owed = worthOf(order, parts) - restockingFeeMinor + shippingMinor + amountMinor;
  return recordRefund(state, shop, order, {
    parts,
    shippingMinor,
    discrepancies: discrepancies(request, owed),
    owedMinor: owed,
    restockType: request.restockType ?? "no_restock",
    isPending: request.pending ?? false,
    isReturn: false,
    ...(request.at && { at: request.at }),
  });
}

/** Money that can still go back to the customer. */
export function refundableMinor(order: StoredOrder): number {
  const { receivedMinor, refundedMinor } = booksOf(order);
  return receivedMinor - refundedMinor;
}

/** Shipping that can still be refunded. */
export function refundableShippingMinor(order: StoredOrder): number {
  return shippingTotals(order).paid - booksOf(order).shippingRefundedMinor;
}

export interface RefundRecord {
  parts: readonly TakenPart[];
  shippingMinor: number;
  discrepancies: readonly Discrepancy[];
  /** Given back as far as money is left to give. */
  owedMinor: number;
  restockType: RestockType;
  isPending: boolean;
  isReturn: boolean;
  at?: Date;
}

/** Writes a refund whose units are already taken into the order. */
export function recordRefund(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { at, owedMinor, ...record }: RefundRecord,
): OrderWebhook[] {
  const books = booksOf(order);
  const moneyMinor = Math.min(owedMinor, refundableMinor(order));
  books.refundedMinor += moneyMinor;
  books.shippingRefundedMinor += record.shippingMinor;
  books.discrepancyMinor += record.discrepancies.reduce((sum, { minor }) => sum + minor, 0);
  const discrepancies = [...record.discrepancies, ...balance(order, owedMinor - moneyMinor)];
  const now = touchOrder(state, shop, order, at);
  const facts = { ...record, discrepancies, moneyMinor, at: now };
  const refund = refundPayload(state, shop, order, facts);
  (order.payload["refunds"] as unknown[]).push(refund);
  if (moneyMinor > 0) {
    const left = refundableMinor(order);
    order.payload["financial_status"] = left > 0 ? "partially_refunded" : "refunded";
  }
  retotalOrder(order);
  return [
    { topic: "refunds/create", payload: structuredClone(refund) },
    orderWebhook("orders/updated", order),
  ];
}

/**
 * Units that go back after money was already given beyond them leave a shortfall: the refund says
 * it as the difference between what was calculated and what was paid.
 */
function balance(order: StoredOrder, shortfall: number): Discrepancy[] {
  const open = outstandingMinor(order);
  if (shortfall === 0 || open >= 0) return [];
  booksOf(order).discrepancyMinor -= open;
  return [{ minor: -open, reason: "Refund discrepancy" }];
}

function discrepancies(request: RefundRequest, owed: number): Discrepancy[] {
  const { amountMinor = 0, restockingFeeMinor = 0, pending = false } = request;
  const found: Discrepancy[] = [];
  if (amountMinor > 0) found.push({ minor: -amountMinor, reason: "Refund discrepancy" });
  if (restockingFeeMinor > 0) found.push({ minor: restockingFeeMinor, reason: "Restock" });
  if (pending) {
    found.push({ minor: owed, reason: "Refund discrepancy" });
    found.push({ minor: -owed, reason: "Pending refund discrepancy" });
  }
  return found;
}

function refuseTooMuch(order: StoredOrder, request: RefundRequest): void {
  const { shippingMinor = 0, amountMinor = 0, restockingFeeMinor = 0 } = request;
  const parts = (request.lines ?? []).map((each) => partOf(order, each));
  const lines = worthOf(order, parts);
  const extra = shippingMinor + amountMinor;
  if (parts.length === 0 && extra === 0) throw new Error("Shopify refuses: nothing to refund.");
  if (shippingMinor > refundableShippingMinor(order)) {
    throw new Error(`Shopify refuses: ${order.name} has no such shipping left to refund.`);
  }
  if (restockingFeeMinor > lines) throw new Error("Shopify refuses: the fee exceeds the lines.");
  if (extra > 0 && lines + extra - restockingFeeMinor > refundableMinor(order)) {
    throw new Error(`Shopify refuses: more than was paid for ${order.name} and not refunded.`);
  }
}
