import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { booksOf } from "./order-books.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { orderWebhook, touchOrder } from "./order-webhook.ts";
import { outstandingMinor, retotalOrder } from "./retotal-order.ts";
import { shopTime } from "./shop-time.ts";

/** The customer pays what is outstanding. */
export function payOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { at }: { at?: Date } = {},
): OrderWebhook[] {
  const status = String(order.payload["financial_status"]);
  if (!["pending", "authorized", "partially_paid"].includes(status)) {
    throw new Error(`Shopify refuses: ${order.name} is ${status}.`);
  }
  const books = booksOf(order);
  books.receivedMinor += outstandingMinor(order);
  order.payload["financial_status"] = books.refundedMinor > 0 ? "partially_refunded" : "paid";
  touchOrder(state, shop, order, at);
  retotalOrder(order);
  return [orderWebhook("orders/paid", order), orderWebhook("orders/updated", order)];
}

/** An authorization is given up, or ran out: the order will never be paid. */
export function voidOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { as = "voided", at }: { as?: "voided" | "expired"; at?: Date } = {},
): OrderWebhook[] {
  if (booksOf(order).receivedMinor > 0) throw new Error(`Shopify refuses: ${order.name} is paid.`);
  order.payload["financial_status"] = as;
  touchOrder(state, shop, order, at);
  return [orderWebhook("orders/updated", order)];
}

/** Gone for good, from every list; only its id is told. */
export function deleteOrder(shop: Shop, order: StoredOrder): OrderWebhook[] {
  const place = shop.orders.indexOf(order);
  if (place < 0) throw new Error(`Shopify refuses: there is no order ${order.name}.`);
  shop.orders.splice(place, 1);
  return [{ topic: "orders/delete", payload: { id: order.id } }];
}

export function archiveOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { at }: { at?: Date } = {},
): OrderWebhook[] {
  const now = touchOrder(state, shop, order, at);
  order.payload["closed_at"] = shopTime(now, shop.ianaTimezone);
  return [orderWebhook("orders/updated", order)];
}

/** The customer is erased: nothing on the order says any more who bought. */
export function removeCustomer(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  { at }: { at?: Date } = {},
): OrderWebhook[] {
  touchOrder(state, shop, order, at);
  order.customerOrderIndex = null;
  Object.assign(order.payload, {
    billing_address: null,
    browser_ip: null,
    client_details: null,
    contact_email: null,
    customer: null,
    email: "",
    phone: null,
    shipping_address: null,
  });
  return [orderWebhook("orders/updated", order)];
}
