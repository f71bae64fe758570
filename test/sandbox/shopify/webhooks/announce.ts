import { randomUUID } from "node:crypto";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import type { Webhooks } from "./create-webhooks.ts";

/**
 * Sends to the app what a change of an order brings: one event, so one event id for all. Gives
 * the ids of those the app is subscribed to.
 */
export function announce(
  webhooks: Pick<Webhooks, "send">,
  shop: Shop,
  list: readonly OrderWebhook[],
): string[] {
  const eventId = randomUUID();
  const ids = list.map(({ topic, payload }) => webhooks.send(shop, topic, payload, eventId));
  return ids.filter((id) => id !== null);
}
