import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { booksOf, linesOf } from "./order-books.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { orderWebhook, touchOrder } from "./order-webhook.ts";
import { recordRefund, refundableShippingMinor } from "./refund-order.ts";
import { retotalOrder } from "./retotal-order.ts";
import { shopTime } from "./shop-time.ts";
import { takeFromLine, worthOf } from "./take-from-line.ts";

export interface Cancellation {
  reason: "customer" | "fraud" | "inventory" | "declined" | "staff" | "other";
  /** Gives back what is left of lines and shipping. */
  refund?: boolean;
  at?: Date;
}

/** Cancels an order for good; one that was not paid is voided. */
export function cancelOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { reason, refund = false, at = state.clock.now() }: Cancellation,
): OrderWebhook[] {
  if (order.payload["cancelled_at"] !== null) {
    throw new Error(`Shopify refuses: ${order.name} is cancelled already.`);
  }
  order.payload["cancelled_at"] = shopTime(at, shop.ianaTimezone);
  order.payload["cancel_reason"] = reason;
  const wasPaid = booksOf(order).receivedMinor > 0;
  const status = order.payload["financial_status"];
  if (!wasPaid && status !== "paid") order.payload["financial_status"] = "voided";
  const refunded = refund ? refundTheRest(state, shop, order, at) : [];
  if (refunded.length === 0) {
    touchOrder(state, shop, order, at);
    retotalOrder(order);
  }
  return [
    orderWebhook("orders/cancelled", order),
    ...refunded,
    orderWebhook("orders/updated", order),
  ];
}

function refundTheRest(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  at: Date,
): OrderWebhook[] {
  const parts = linesOf(order)
    .filter((line) => line.current_quantity > 0)
    .map((line) => takeFromLine(order, { lineItemId: line.id, quantity: line.current_quantity }));
  const shippingMinor = refundableShippingMinor(order);
  if (parts.length === 0 && shippingMinor === 0) return [];
  const webhooks = recordRefund(state, shop, order, {
    parts,
    shippingMinor,
    discrepancies: [],
    owedMinor: worthOf(order, parts) + shippingMinor,
    restockType: "cancel",
    isPending: false,
    isReturn: false,
    at,
  });
  return webhooks.filter(({ topic }) => topic === "refunds/create");
}
