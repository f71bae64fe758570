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
import { readRefundPayload } from "./read-refund-payload.ts";
import { anyDigits } from "./shopify-amounts.ts";

const utf8 = new TextDecoder();

/**
 * A verified delivery's headers and body → what may be kept of it. A body that can't be used is a
 * delivery with a problem, never a throw: sending it again would change nothing.
 * Returns null where the headers name no shop or topic, which Shopify never does.
 */
export function readWebhook(
  headers: Pick<Headers, "get">,
  rawBody: Uint8Array,
): IncomingDelivery | null {
  const shop = headers.get("x-shopify-shop-domain") ?? "";
  const topic = headers.get("x-shopify-topic");
  if (!isShopDomain(shop) || !topic) return null;
  const triggered = new Date(headers.get("x-shopify-triggered-at") ?? "");
  const triggeredAt = Number.isNaN(triggered.getTime()) ? null : triggered;
  const content = readContent(topic, utf8.decode(rawBody));
  return {
    shop,
    topic,
    webhookId:
      sharedId(content, triggeredAt) ??
      headers.get("x-shopify-webhook-id") ??
      fingerprint(topic, rawBody),
    eventId: headers.get("x-shopify-event-id"),
    triggeredAt,
    content,
  };
}

/**
 * A batch of ours has Shopify tell of each code by itself: those of one discount and minute count as
 * one delivery and its repeats, so that they make one row and one job.
 */
function sharedId(content: DeliveryContent, triggeredAt: Date | null): string | null {
  if (content.kind !== "discount-changed" || !content.isOfMany || !triggeredAt) return null;
  return `codes of ${content.shopifyId} ${triggeredAt.toISOString().slice(0, 16)}`;
}

/** Stands in for a missing webhook id, so that even then a repeat is a repeat. */
function fingerprint(topic: string, rawBody: Uint8Array): string {
  return createHash("sha256").update(topic).update(rawBody).digest("hex");
}

const READERS: Record<string, (json: unknown) => DeliveryContent> = {
  "customers/redact": readRedaction,
  "customers/data_request": readDataRequest,
  "refunds/create": readRefundPayload,
  "app/scopes_update": readScopes,
  "orders/edited": readEdit,
  "orders/delete": readDeletion,
  "discounts/create": (json) => readDiscountChange(json, false),
  "discounts/update": (json) => readDiscountChange(json, false),
  "discounts/delete": (json) => readDiscountChange(json, false),
  "discounts/redeemcode_added": (json) => readDiscountChange(json, true),
  "discounts/redeemcode_removed": (json) => readDiscountChange(json, true),
};

function readContent(topic: string, text: string): DeliveryContent {
  const reader = READERS[topic] ?? (isOrderTopic(topic) ? readOrderPayload : null);
  if (!reader) return { kind: "notice" };
  let json: unknown;
  try {
    json = storable(text, parseJson(text));
  } catch (error) {
    // Anything else is our own failure, and Shopify has to deliver again.
    if (!(error instanceof SyntaxError)) throw error;
    if (reader === readScopes) return { kind: "notice" };
    return unusable("Shopify's delivery can't be read: its body is no JSON.");
  }
  return reader(json);
}

/** An escape of NUL, or of half a character: PostgreSQL keeps neither, and no order is lost for it. */
const MAY_BE_UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storable(text: string, json: unknown): unknown {
  return MAY_BE_UNSTORABLE.test(text) ? mended(json) : json;
}

function mended(json: unknown): unknown {
  if (typeof json === "string") return json.replace(/[\0\p{Cs}]/gu, "");
  if (Array.isArray(json)) return json.map(mended);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, mended(value)]));
}

function unusable(problem: string): DeliveryContent {
  return { kind: "unusable", orderId: null, problem };
}

const orderIds = z.array(anyDigits).transform((ids) => ids.filter(isOrderId));
const redaction = z.object({ orders_to_redact: orderIds });
/** A customer who never ordered has none. */
const dataRequest = z.object({ orders_requested: orderIds.nullish() });
const edit = z.object({ order_edit: z.object({ order_id: anyDigits }) });
const deletion = z.object({ id: anyDigits });

function readRedaction(json: unknown): DeliveryContent {
  const parsed = redaction.safeParse(json);
  if (!parsed.success) return unusable("Shopify's redaction names no list of orders.");
  return { kind: "redact-orders", orderIds: parsed.data.orders_to_redact };
}

function readDataRequest(json: unknown): DeliveryContent {
  const parsed = dataRequest.safeParse(json);
  if (!parsed.success) return unusable("Shopify's data request names no list of orders.");
  return { kind: "export-orders", orderIds: parsed.data.orders_requested ?? [] };
}

const discountChange = z.object({ admin_graphql_api_id: z.string() });

/** Only which discount it is: how it stands is asked of Shopify. */
function readDiscountChange(json: unknown, isOfMany: boolean): DeliveryContent {
  const parsed = discountChange.safeParse(json);
  if (!parsed.success) return unusable("Shopify's delivery names no discount.");
  return { kind: "discount-changed", shopifyId: parsed.data.admin_graphql_api_id, isOfMany };
}

const scopesUpdate = z.object({ current: z.array(z.string().regex(/^\w+$/)) });

/** One that can't be read costs nothing: the next access token tells the scopes, too. */
function readScopes(json: unknown): DeliveryContent {
  const parsed = scopesUpdate.safeParse(json);
  if (!parsed.success) return { kind: "notice" };
  return { kind: "scopes-changed", scopes: parsed.data.current };
}

/** `orders/edited` tells of the edit, and of the order only its id. */
function readEdit(json: unknown): DeliveryContent {
  const orderId = edit.safeParse(json).data?.order_edit.order_id ?? "";
  if (!isOrderId(orderId)) return unusable("Shopify's edit names no order.");
  return { kind: "order-changed", orderId };
}

function readDeletion(json: unknown): DeliveryContent {
  const orderId = deletion.safeParse(json).data?.id ?? "";
  if (!isOrderId(orderId)) return unusable("Shopify's deletion names no order.");
  return { kind: "order-deleted", orderId };
}
