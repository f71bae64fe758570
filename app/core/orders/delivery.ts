import type { OrderId, ShopDomain } from "../ids.ts";
import type { OrderFacts } from "./order-facts.ts";

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
  | { kind: "order"; facts: OrderFacts }
  | { kind: "redact-orders"; orderIds: OrderId[] }
  /** The topic alone says everything. */
  | { kind: "notice" }
  | { kind: "unusable"; problem: string };

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
  state: "received" | "processed" | "failed";
  problem: string | null;
  processedAt: Date | null;
}
