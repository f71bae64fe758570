import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Reach } from "../uploads/reach.ts";

export type DiscountValue =
  /** 1500 is 15 %. */
  | { kind: "percentage"; basisPoints: number }
  | { kind: "amount"; minor: number }
  /** Made in Shopify, and nothing that one number says: free shipping, buy X get Y. */
  | { kind: "other" };

/** What a merchant decides about one discount; amounts are minor units of `currency`. */
export interface DiscountTerms {
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

export interface Discount extends DiscountTerms {
  id: string;
  shop: ShopDomain;
  /** gid://shopify/DiscountCodeNode/…; null until Shopify has made it. */
  shopifyId: string | null;
  createdAt: Date;
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
