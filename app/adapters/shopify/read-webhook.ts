import { createHash } from "node:crypto";
import { z } from "zod";
import { isOrderId, isShopDomain } from "#app/core/ids.ts";
import {
  isOrderTopic,
  type DeliveryContent,
  type IncomingDelivery,
} from "#app/core/orders/delivery.ts";
import { parseJson } from "./parse-json.ts";
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
    content: readContent(topic, new TextDecoder().decode(rawBody)),
  };
}

/** Stands in for a missing webhook id, so that even then a repeat is a repeat. */
function fingerprint(topic: string, rawBody: Uint8Array): string {
  return createHash("sha256").update(topic).update(rawBody).digest("hex");
}

function readContent(topic: string, text: string): DeliveryContent {
  const isRedaction = topic === "customers/redact";
  if (!isRedaction && !isOrderTopic(topic)) return { kind: "notice" };
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    // Anything else is our own failure, and Shopify has to deliver again.
    if (!(error instanceof SyntaxError)) throw error;
    return unusable("Shopify's delivery can't be read: its body is no JSON.");
  }
  return isRedaction ? readRedaction(json) : readOrderPayload(json);
}

function unusable(problem: string): DeliveryContent {
  return { kind: "unusable", orderId: null, problem };
}

const redaction = z.object({
  orders_to_redact: z.array(z.union([z.string(), z.number()]).transform(String)),
});

function readRedaction(json: unknown): DeliveryContent {
  const parsed = redaction.safeParse(json);
  if (!parsed.success) return unusable("Shopify's redaction names no list of orders.");
  return { kind: "redact-orders", orderIds: parsed.data.orders_to_redact.filter(isOrderId) };
}
