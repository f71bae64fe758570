import type { Attribution } from "../attribution/attribution.ts";
import type { OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { Delivery, IncomingDelivery } from "../orders/delivery.ts";
import type { OrderFacts, Refund } from "../orders/order-facts.ts";
import type { OrderReason, OrderState } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";

export interface DeliveryStore {
  /**
   * Stores deliveries once, in one statement, and gives the id of each in turn; null where its webhook id
   * was stored before, or comes twice among these: that is counted. They may be of several shops.
   */
  record(
    deliveries: readonly { delivery: IncomingDelivery; state: Delivery["state"] }[],
    now: Date,
  ): Promise<(string | null)[]>;
  find(shop: ShopDomain, deliveryId: string): Promise<Delivery | null>;
  findAll(shop: ShopDomain, deliveryIds: readonly string[]): Promise<Delivery[]>;
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<Delivery[]>;
  /** Which of these orders a delivery has told to be deleted. */
  listDeletedOrders(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<OrderId[]>;
  markProcessed(shop: ShopDomain, deliveryId: string, now: Date): Promise<void>;
  markAllProcessed(shop: ShopDomain, deliveryIds: readonly string[], now: Date): Promise<void>;
  removeAll(shop: ShopDomain, deliveryIds: readonly string[]): Promise<void>;
  /** Processing it broke off once more; gives how often that was so far. */
  noteFailure(shop: ShopDomain, deliveryId: string): Promise<number>;
  /** It is not processed any more; what it brought is dropped. */
  markFailed(shop: ShopDomain, deliveryId: string, problem: string, now: Date): Promise<void>;
  /** Drops the customer's hash from deliveries that were not processed yet. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
}

export interface OrderFilter {
  state?: OrderState;
  reason?: OrderReason;
  /** Placed in [from, to). */
  placed?: { from: Date; to: Date };
  isDeleted?: boolean;
}

export interface OrderPage {
  orders: Order[];
  /** Opaque; null on the last page. */
  nextCursor: string | null;
}

export type OrderStatusRow = Pick<OrderDecision, "orderId" | "state" | "reason" | "problem">;

/** How an order without a conversion was decided. */
export interface OrderDecision {
  orderId: OrderId;
  state: OrderState;
  reason: OrderReason;
  problem: string | null;
  /** Null leaves the one before. */
  attribution: Attribution | null;
  /** Drops the customer's hash from the order. */
  forgets: boolean;
}

export interface OrderStore {
  /** Locks the order's row until the transaction ends, so that two deliveries take turns. */
  lock(shop: ShopDomain, orderId: OrderId): Promise<void>;
  /** The same for many, in the order given: callers sort, so that no two wait for each other. */
  lockAll(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<void>;
  find(shop: ShopDomain, orderId: OrderId): Promise<Order | null>;
  /** Those that are there. */
  findAll(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<Order[]>;
  /** Those of which anything was heard before: the order, a refund, its deletion or a redaction. */
  listHeardOf(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<OrderId[]>;
  /**
   * Inserts orders, or replaces their facts where these are newer, or as new if told so; each order
   * once. The customer's hash is that of the first version: forgotten, it stays forgotten. Orders that are
   * not there yet may come with what was decided of them.
   */
  saveFacts(
    shop: ShopDomain,
    facts: readonly OrderFacts[],
    now: Date,
    options?: { replacesTies?: boolean; decisions?: readonly OrderDecision[] },
  ): Promise<void>;
  /**
   * Inserts refunds, or replaces what they say where this is of a newer version, or as new if told so;
   * whether or not their order has come.
   */
  saveRefunds(
    shop: ShopDomain,
    refunds: readonly { orderId: OrderId; refund: Refund; versionAt: Date }[],
    now: Date,
    options?: { replacesTies: boolean },
  ): Promise<void>;
  markDeleted(shop: ShopDomain, orderIds: readonly OrderId[], now: Date): Promise<void>;
  /** Takes back that they are deleted. */
  markThere(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<void>;
  /**
   * A change of an order we have could not be read: until it is, the order stands as unreadable
   * whatever is decided of it, unless it has failed by another reason. It counts as read with a version
   * from `changedAt` on; null: as before, or now. Nothing where we have such a version.
   */
  markUnread(
    shop: ShopDomain,
    orderId: OrderId,
    change: { problem: string; changedAt: Date | null },
    now: Date,
  ): Promise<void>;
  /** Shopify, asked then, has told all of these orders. The caller decides them anew. */
  markRead(shop: ShopDomain, orderIds: readonly OrderId[], askedAt: Date): Promise<void>;
  /** Only what changes is written, and the time since when it is so with it. */
  saveDecisions(shop: ShopDomain, decisions: readonly OrderDecision[], now: Date): Promise<void>;
  saveStatus(
    shop: ShopDomain,
    orderId: OrderId,
    status: { state: OrderState; reason: OrderReason; problem: string | null },
    now: Date,
  ): Promise<void>;
  /** The same for many, in one statement. */
  saveStatuses(shop: ShopDomain, statuses: readonly OrderStatusRow[], now: Date): Promise<void>;
  /** Says whose the clicks are that earned orders, where only impact.com could tell. */
  nameClicks(
    shop: ShopDomain,
    named: readonly { orderId: OrderId; partnerId: PartnerId }[],
  ): Promise<void>;
  /** Drops the customer's hash where nothing needs it any more. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
  findAttribution(
    shop: ShopDomain,
    orderId: OrderId,
  ): Promise<{ attribution: Attribution; decidedAt: Date } | null>;
  page(
    shop: ShopDomain,
    filter: OrderFilter & { cursor?: string; limit: number },
  ): Promise<OrderPage>;
  countByState(shop: ShopDomain, filter?: OrderFilter): Promise<Record<OrderState, number>>;
  listWaitingFor(
    shop: ShopDomain,
    reason: OrderReason,
    page: { after: OrderId | null; limit: number },
  ): Promise<OrderId[]>;
}
