import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { shopTime } from "./shop-time.ts";

/** One webhook that Shopify sends after a change, its payload as it was at that moment. */
export interface OrderWebhook {
  topic: string;
  payload: Record<string, unknown>;
}

export function orderWebhook(topic: string, order: StoredOrder): OrderWebhook {
  return { topic, payload: structuredClone(order.payload) };
}

/** What follows a checkout: the order, and that it is paid where it is. */
export function placedWebhooks(order: StoredOrder): OrderWebhook[] {
  const created = orderWebhook("orders/create", order);
  const isPaid = order.payload["financial_status"] === "paid";
  return isPaid ? [created, orderWebhook("orders/paid", order)] : [created];
}

const SECOND_MS = 1_000;

/** Moves updated_at: it has whole seconds, so that two changes of one second have the same. */
export function touchOrder(state: ShopifyState, shop: Shop, order: StoredOrder, at?: Date): Date {
  const now = at ?? state.clock.now();
  const second = Math.floor(now.getTime() / SECOND_MS);
  const last = Math.floor(order.updatedAt.getTime() / SECOND_MS);
  order.updatedAt = new Date(Math.max(second, last) * SECOND_MS);
  order.payload["updated_at"] = shopTime(order.updatedAt, shop.ianaTimezone);
  return now;
}
