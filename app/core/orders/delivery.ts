import type { OrderId, ShopDomain } from "../ids.ts";
import type { OrderFacts, Refund } from "./order-facts.ts";

/** A verified webhook delivery, reduced to what may be kept, or to why it can't be used. */
export interface IncomingDelivery {
  shop: ShopDomain;
  webhookId: string;
  eventId: string | null;
  topic: string;
  triggeredAt: Date | null;
  content: DeliveryContent;
}

export type DeliveryContent =
  /**
   * `named`: what the landing page carries under names that may be the shop's own for a click id. Only
   * what stands under that name is ever stored.
   */
  | { kind: "order"; facts: OrderFacts; named?: Record<string, string> }
  /** `refunds/create`: the refund alone; its order may not have come yet. */
  | { kind: "refund"; orderId: OrderId; refund: Refund }
  /** `orders/edited` names the order and what was changed, not the order: it is asked for. */
  | { kind: "order-changed"; orderId: OrderId }
  | { kind: "order-deleted"; orderId: OrderId }
  /**
   * `discounts/*`: a discount, perhaps one of ours, or its codes. `isOfMany`: each code is told of by
   * itself, and one look serves all that came in a minute.
   */
  | { kind: "discount-changed"; shopifyId: string; isOfMany: boolean }
  | { kind: "redact-orders"; orderIds: OrderId[] }
  /** `customers/data_request`: what is held of these orders has to be handed out. */
  | { kind: "export-orders"; orderIds: OrderId[] }
  /** `app/scopes_update`: what the merchant lets this app do from now on. */
  | { kind: "scopes-changed"; scopes: string[] }
  /** The topic alone says everything. */
  | { kind: "notice" }
  /** `orderId` where at least that could be read, and when it was placed. */
  | { kind: "unusable"; orderId: OrderId | null; placedAt?: Date; problem: string };

export function isOrderTopic(topic: string): boolean {
  return topic.startsWith("orders/") || topic === "refunds/create";
}

const FAILED_SHOWN_MS = 7 * 86_400_000;

/** Failed deliveries from before then are old news: Shopify does not send them again. */
export function failedSince(now: Date): Date {
  return new Date(now.getTime() - FAILED_SHOWN_MS);
}

export interface Delivery {
  id: string;
  shop: ShopDomain;
  webhookId: string;
  topic: string;
  triggeredAt: Date | null;
  receivedAt: Date;
  repeats: number;
  orderId: OrderId | null;
  facts: OrderFacts | null;
  refund: Refund | null;
  state: "received" | "processed" | "failed";
  problem: string | null;
  processedAt: Date | null;
}
