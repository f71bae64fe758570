import { createHash } from "node:crypto";
import { z } from "zod";
import { isOrderId, isShopDomain } from "#app/core/ids.ts";
import type { DeliveryContent, IncomingDelivery } from "#app/core/orders/delivery.ts";
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
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return { kind: "unusable", problem: "Shopify's delivery can't be read: its body is no JSON." };
  }
  if (topic.startsWith("orders/")) return readOrderPayload(json);
  if (topic === "customers/redact") return readRedaction(json);
  return { kind: "notice" };
}

const redaction = z.object({
  orders_to_redact: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
});

function readRedaction(json: unknown): DeliveryContent {
  const parsed = redaction.safeParse(json);
  const orderIds = parsed.success ? parsed.data.orders_to_redact.filter(isOrderId) : [];
  return { kind: "redact-orders", orderIds };
}
