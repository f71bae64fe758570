import { discountStaff } from "#test/sandbox/shopify/discounts/discount-webhooks.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { cancelOrder, type Cancellation } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { editOrder, type EditRequest } from "#test/sandbox/shopify/orders/edit-order.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { refundOrder, type RefundRequest } from "#test/sandbox/shopify/orders/refund-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { deliver, webhookFor } from "./shopper.ts";
import type { World } from "./world.ts";

/** What a merchant's staff does to an order or a discount in Shopify's admin; gives the webhooks that follow. */
export function staffOf({ shopifyState, shop }: Pick<World, "shopifyState" | "shop">) {
  return {
    ...discountStaff(shopifyState, shop),
    refund: (order: StoredOrder, request: RefundRequest) =>
      refundOrder(shopifyState, shop, order, request),
    edit: (order: StoredOrder, request: EditRequest) =>
      editOrder(shopifyState, shop, order, request),
    cancel: (order: StoredOrder, request: Cancellation) =>
      cancelOrder(shopifyState, shop, order, request),
  };
}

/** Delivers webhooks in that order, without running what follows. */
export async function deliverAll(world: World, webhooks: OrderWebhook[]): Promise<void> {
  for (const { topic, payload } of webhooks) {
    await deliver(world, webhookFor(world, orderJson(payload), { topic }));
  }
}

/** The id of an order's line with that SKU; null stands for the one without. */
export function lineOf({ payload }: StoredOrder, sku: string | null): string {
  const lines = payload["line_items"] as { id: unknown; sku: string | null }[];
  const line = lines.find((candidate) => candidate.sku === sku);
  if (!line) throw new Error(`no line with SKU ${sku ?? "none"}`);
  return String(line.id);
}
