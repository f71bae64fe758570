import { createHash } from "node:crypto";
import { isShopDomain } from "#app/core/ids.ts";
import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import { readOrderPayload } from "./read-order-payload.ts";

/**
 * A verified delivery's headers and body → what may be kept of it. A body that can't be used is a
 * delivery with a problem, never a throw: sending it again would change nothing.
 * Returns null where the headers name no shop or topic, which Shopify never does.
 */
export function readWebhook(headers: Headers, rawBody: Uint8Array): IncomingDelivery | null {
  const shop = headers.get("x-shopify-shop-domain") ?? "";
  const topic = headers.get("x-shopify-topic");
  if (!isShopDomain(shop) || !topic) return null;
  const triggeredAt = new Date(headers.get("x-shopify-triggered-at") ?? "");
  return {
    shop,
    topic,
    webhookId: headers.get("x-shopify-webhook-id") ?? fingerprint(topic, rawBody),
    eventId: headers.get("x-shopify-event-id"),
    triggeredAt: Number.isNaN(triggeredAt.getTime()) ? null : triggeredAt,
    content: readOrderPayload(new TextDecoder().decode(rawBody)),
  };
}

/** Stands in for a missing webhook id, so that even then a repeat is a repeat. */
function fingerprint(topic: string, rawBody: Uint8Array): string {
  return createHash("sha256").update(topic).update(rawBody).digest("hex");
}
