import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Reach } from "../uploads/reach.ts";

export type DiscountValue =
  /** 1500 is 15 %. */
  | { kind: "percentage"; basisPoints: number }
  /** Once off all items together. */
  | { kind: "amount"; minor: number }
  | { kind: "amount-each"; minor: number }
  /** Shipping that costs more is not free; null is whatever it costs. */
  | { kind: "free-shipping"; mostMinor: number | null }
  /** Made in Shopify, and nothing this app can say: buy X get Y, an app's own. */
  | { kind: "other" };

/** A product, collection or customer segment by its Shopify id, with its name when it was chosen. */
export interface Chosen {
  id: string;
  title: string;
}

/** "other": set in Shopify, and nothing this app can say, as single variants. */
export type DiscountItems =
  { kind: "all" | "other" } | { kind: "products" | "collections"; chosen: Chosen[] };

/** "other": set in Shopify, as single customers or markets, or segments this app may not read. */
export type DiscountBuyers = { kind: "all" | "other" } | { kind: "segments"; chosen: Chosen[] };

/** On what, for whom and with what else a discount holds. */
export interface DiscountDetails {
  items: DiscountItems;
  buyers: DiscountBuyers;
  /** Items to buy at least; never beside a minimum amount. */
  minimumQuantity: number | null;
  /** May stand on one order beside product discounts, and shipping discounts. */
  combinesProducts: boolean;
  combinesShipping: boolean;
  purchases: "one-time" | "subscription" | "both";
  /** How many payments of a subscription it is taken off; null is all. */
  cycles: number | null;
  /** The merchant's own; the one this app marks a discount with is not among them. */
  tags: string[];
}

/** A discount on everything, for everybody, once. */
export const PLAIN_DETAILS: DiscountDetails = {
  items: { kind: "all" },
  buyers: { kind: "all" },
  minimumQuantity: null,
  combinesProducts: false,
  combinesShipping: false,
  purchases: "one-time",
  cycles: null,
  tags: [],
};

/** What a merchant decides about one discount; amounts are minor units of `currency`. */
export interface DiscountTerms extends DiscountDetails {
  title: string;
  value: DiscountValue;
  /** The shop's currency. */
  currency: string;
  startsAt: Date;
  endsAt: Date | null;
  /** How often each code may be used; null is without limit. */
  usageLimit: number | null;
  oncePerCustomer: boolean;
  /** May stand on one order beside other order discounts. */
  combines: boolean;
  minimumMinor: number | null;
}

/** Whether this app can say all of its terms; what it can't say it may not change either. */
export function isSayable({ value, items, buyers }: DiscountTerms): boolean {
  return value.kind !== "other" && items.kind !== "other" && buyers.kind !== "other";
}

export interface Discount extends DiscountTerms {
  id: string;
  shop: ShopDomain;
  /** gid://shopify/DiscountCodeNode/…; null until Shopify has made it. */
  shopifyId: string | null;
  createdAt: Date;
  /** Shopify was seen to have ended it before its time. */
  deactivatedAt: Date | null;
  /** Of a deactivated one: the end that it had until then. */
  plannedEndsAt: Date | null;
  /** Shopify was seen not to have it any more. */
  deletedAt: Date | null;
}

/** One code and how far it has come on each side. */
export interface Code {
  id: string;
  shop: ShopDomain;
  code: DiscountCode;
  discountId: string;
  partner: { partnerId: PartnerId; name: string } | null;
  assignedSince: Date | null;
  /** "retired": it was taken from Shopify, and stays here as history. */
  shopifyState: "planned" | "live" | "failed" | "retired";
  shopifyProblem: string | null;
  liveAt: Date | null;
  /** "expired": impact.com credits nobody by it any more. */
  impactState: "planned" | "registered" | "failed" | "expired";
  /** Null for a code of a family: that registration is not its own. */
  impactPromoCodeId: string | null;
  /** As impact.com spells it, where that is not `code`. */
  registeredAs: string | null;
  impactProblem: string | null;
  impactAttempts: number;
  /** Whose registration is this code's too; null for a code with one of its own. */
  familyId: string | null;
  /** The end of its own, if it has one: then it is retired. */
  endsAt: Date | null;
  /** Null is ALWAYS. */
  reach: Reach | null;
  /** It waits in that registration file: nobody registers it meanwhile. */
  fileId: string | null;
  /** Who is registering it may hold it until then. */
  leaseUntil: Date | null;
  registeredAt: Date | null;
}
