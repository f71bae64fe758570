import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import { normalizeCode } from "../codes/code-text.ts";
import { orderNetMinor, type OrderFacts, type Refund } from "./order-facts.ts";
import { statusFor, type OrderReason, type OrderState } from "./order-state.ts";

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

/** Each typed code once, upper-cased. */
export function codesOf({ typedCodes }: Pick<OrderFacts, "typedCodes">): DiscountCode[] {
  return [...new Set(typedCodes.map(normalizeCode))];
}

/** An order as it is first heard of, before anything is decided of it. */
export function newOrder(shop: ShopDomain, facts: OrderFacts, now: Date): Order {
  const { orderId, name, currency, placedAt } = facts;
  return {
    ...{ shop, orderId, name, currency, placedAt, facts, refunds: [] },
    netMinor: orderNetMinor(facts),
    codes: codesOf(facts),
    ...{ partner: null, code: null, shares: null },
    ...statusFor("to-send"),
    ...{ problem: null, receivedAt: now, stateSince: now, deletedAt: null },
  };
}
