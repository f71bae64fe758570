import type { Batch } from "../batches/batch.ts";
import type { Code } from "../codes/discount.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { Delivery } from "../orders/delivery.ts";
import type { NeedTold } from "../orders/impact-need.ts";
import type { Order } from "../orders/order.ts";
import type { OrderReason, Retryable } from "../orders/order-state.ts";

/** A failed order, or one held back, as the Problems page lists it; amounts are minor units of `currency`. */
export interface FailedOrder {
  orderId: OrderId;
  name: string;
  placedAt: Date;
  reason: OrderReason;
  problem: string | null;
  partner: { partnerId: PartnerId; name: string } | null;
  code: DiscountCode | null;
  shares: Order["shares"];
  currency: string;
  netMinor: number;
}

export interface FailedOrderSum {
  reason: OrderReason;
  currency: string;
  orders: number;
  /** How many of them trying again can help. */
  retryable: number;
  netMinor: number;
  /** What impact.com counts too much of some, and too little of others, where a change could not be told. */
  tooMuchMinor: number;
  tooLittleMinor: number;
}

/** Orders whose lines tell that they wait for the same thing. */
export interface ImpactWaitSum {
  told: NeedTold;
  currency: string;
  orders: number;
  netMinor: number;
  /** Since when the first of them has waited. */
  since: Date;
  /** When the first was placed of those that impact.com was not told of yet. */
  unreportedFrom: Date | null;
}

export interface FailedBatch {
  batchId: string;
  kind: Batch["kind"];
  /** Whose codes it makes; null for one that changes or adopts codes. */
  discount: { discountId: string; title: string } | null;
  problem: string | null;
  /** Codes it has not made, or not changed. */
  codes: number;
}

/** What needs the merchant, across all tables. */
export interface ProblemStore {
  /** Those that Shopify holds back since then count as well, here and below. */
  sumFailedOrders(
    shop: ShopDomain,
    retryable: Retryable,
    heldSince: Date,
  ): Promise<FailedOrderSum[]>;
  /** The newest of each reason. */
  listFailedOrders(
    shop: ShopDomain,
    page: { ofEachReason: number; heldSince: Date },
  ): Promise<FailedOrder[]>;
  countRetryable(shop: ShopDomain, retryable: Retryable): Promise<number>;
  /** In order of their ids. */
  listRetryable(
    shop: ShopDomain,
    retryable: Retryable,
    page: { after: OrderId | null; limit: number },
  ): Promise<OrderId[]>;
  /** Refused by Shopify or impact.com. */
  listFailedCodes(shop: ShopDomain, page: { limit: number }): Promise<Code[]>;
  /** Newest runs of their discounts that ended with codes left to make. */
  listFailedBatches(shop: ShopDomain): Promise<FailedBatch[]>;
  /** Deliveries that could not be used and whose order nothing else has brought, newest first. */
  listLostDeliveries(shop: ShopDomain, page: { since: Date; limit: number }): Promise<Delivery[]>;
  /** Orders that wait for what only the merchant can give, or did until a program was chosen. */
  sumImpactWaits(shop: ShopDomain): Promise<ImpactWaitSum[]>;
  /** How many failed things of all these kinds there are, without those that wait. */
  countAll(shop: ShopDomain, filter: { since: Date; heldSince: Date }): Promise<number>;
}
