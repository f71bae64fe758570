import { randomUUID } from "node:crypto";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import { isSignedByShopify } from "#app/adapters/shopify/verify-webhook.ts";
import { isOrderId, type OrderId } from "#app/core/ids.ts";
import { receiveDelivery } from "#app/core/orders/receive-delivery.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { placeOrder, type OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { signWebhook } from "#test/sandbox/shopify/webhooks/sign-webhook.ts";
import type { World } from "./world.ts";

/** Buys a mug and a kettle ($69.00 before discounts) unless told otherwise. */
export function buy(
  { shopifyState, shop }: Pick<World, "shopifyState" | "shop">,
  request: Partial<OrderRequest> = {},
): StoredOrder {
  const lines = [
    { variantId: variantOf(shop, "Mug"), quantity: 1 },
    { variantId: variantOf(shop, "Kettle"), quantity: 1 },
  ];
  return placeOrder(shopifyState, shop, {
    lines,
    customer: { email: "Kim@Example.com" },
    ...request,
  });
}

export function variantOf(shop: Shop, productTitle: string): string {
  const variant = shop.products.find(({ title }) => title === productTitle)?.variants[0];
  if (!variant) throw new Error(`${shop.name} sells no ${productTitle}.`);
  return variant.id;
}

export function orderIdOf(order: StoredOrder): OrderId {
  if (!isOrderId(order.id)) throw new Error(`${order.id} is no order id`);
  return order.id;
}

export interface WebhookRequest {
  body: string;
  headers: Record<string, string>;
}

/** The signed request Shopify would send for an order, or with this payload or body. */
export function webhookFor(
  { shopifyState, shop, clock }: Pick<World, "shopifyState" | "shop" | "clock">,
  order: StoredOrder | Pick<OrderWebhook, "payload"> | string,
  { topic = "orders/create", webhookId = randomUUID() } = {},
): WebhookRequest {
  const body = typeof order === "string" ? order : orderJson(order.payload);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": shop.domain,
      "x-shopify-api-version": "2026-07",
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": clock.now().toISOString(),
      "x-shopify-hmac-sha256": signWebhook(body, shopifyState.apiSecret),
    },
  };
}

/** Delivers a webhook to core, read from its bytes as the route does. */
export async function deliver(world: World, webhook: WebhookRequest): Promise<void> {
  const bytes = new TextEncoder().encode(webhook.body);
  const headers = new Headers(webhook.headers);
  const signature = headers.get("x-shopify-hmac-sha256");
  if (!isSignedByShopify(bytes, signature, world.shopifyState.apiSecret)) throw new Error("forged");
  const delivery = readWebhook(headers, bytes);
  if (!delivery) throw new Error("no delivery");
  await receiveDelivery(world.ports, delivery);
}

/** Buys, delivers the webhook and runs everything that follows. */
export async function buyAndDeliver(
  world: World,
  request: Partial<OrderRequest> = {},
): Promise<OrderId> {
  const order = buy(world, request);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  return orderIdOf(order);
}
