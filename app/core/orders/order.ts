import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { OrderFacts, Refund } from "./order-facts.ts";
import type { OrderReason, OrderState } from "./order-state.ts";

/** Who earns which part of an order: by a code, or by a click where there is none. */
export interface OrderShare {
  /** Null while impact.com alone knows whose click it is. */
  partner: { partnerId: PartnerId; name: string } | null;
  weight: number;
  code: DiscountCode | null;
}

/** Our ledger line for one Shopify order. */
export interface Order {
  shop: ShopDomain;
  orderId: OrderId;
  name: string;
  currency: string;
  netMinor: number;
  placedAt: Date;
  facts: OrderFacts;
  /** Every refund heard of, by whatever way, oldest first. */
  refunds: Refund[];
  /** Typed codes, upper-cased. */
  codes: DiscountCode[];
  /** Who earns it, once attributed. */
  partner: { partnerId: PartnerId; name: string } | null;
  code: DiscountCode | null;
  /** Where several share it, or a click earns it; null: it is one code's as a whole, or nobody's. */
  shares: OrderShare[] | null;
  state: OrderState;
  reason: OrderReason;
  /** The other side's own words, where there are any. */
  problem: string | null;
  receivedAt: Date;
  stateSince: Date;
  /** No longer one of Shopify's orders. */
  deletedAt: Date | null;
}
