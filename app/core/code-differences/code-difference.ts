import type { DiscountCode, PartnerId } from "../ids.ts";

/** Where Shopify, impact.com and our own table tell different stories. */
export interface CodeDifference {
  kind: CodeDifferenceKind;
  /** The code, the discount's id or the partner's id that it is about: one of a kind for each. */
  subject: string;
  /** Null where the code is none of ours, or many are meant. */
  codeId: string | null;
  discountId: string | null;
  ourPartnerId: PartnerId | null;
  theirPartnerId: PartnerId | null;
  /** The registration at impact.com that differs. */
  promoCodeId: string | null;
  /** When the code ends in Shopify, and at impact.com; null is without end. */
  endsHere: Date | null;
  endsThere: Date | null;
  /** How many codes it concerns. */
  codes: number;
  /** Why the last try to repair it failed. */
  problem: string | null;
  foundAt: Date;
  /** What these are called, where we know them. */
  discountTitle: string | null;
  ourPartner: string | null;
  theirPartner: string | null;
  /** Of a deleted discount: all of its terms can be told again. */
  isSayable: boolean;
}

/** About one code each. */
export const CODE_KINDS = [
  "missing-in-shopify",
  "only-in-shopify",
  "other-partner-there",
  "missing-at-impact",
  "not-registered",
  "ends-differ",
  "only-at-impact",
] as const;

/** About all codes of a discount, or of a partner. */
export const GROUP_KINDS = ["discount-deleted", "discount-deactivated", "contract-ended"] as const;

export const DIFFERENCE_KINDS = [...GROUP_KINDS, ...CODE_KINDS];

export type CodeKind = (typeof CODE_KINDS)[number];
export type GroupKind = (typeof GROUP_KINDS)[number];
export type CodeDifferenceKind = CodeKind | GroupKind;

/** Before it is stored. */
export type FoundDifference = Omit<
  CodeDifference,
  "problem" | "foundAt" | "discountTitle" | "ourPartner" | "theirPartner" | "isSayable"
>;

/** What all three know of one code, at the end of a run that has met it or not. */
export interface CodeStory {
  code: DiscountCode;
  /** Something happened to it here since the run began: the next run judges it. */
  isChanging: boolean;
  /** Null where our table has no such code. */
  ours: OurSide | null;
  /** Which discount of ours it opens there; null where it opens none. */
  inShopify: { discountId: string } | null;
  /** Its registration, or that of the family it belongs to. */
  atImpact: ImpactSide | null;
}

export interface OurSide {
  codeId: string;
  shopifyState: "planned" | "live" | "failed" | "retired";
  impactState: "planned" | "registered" | "failed" | "expired";
  /** Since when customers can use it. */
  liveAt: Date | null;
  partner: { partnerId: PartnerId; hasContract: boolean } | null;
  discount: {
    discountId: string;
    endsAt: Date | null;
    isDeactivated: boolean;
    isDeleted: boolean;
  };
}

export interface ImpactSide {
  promoCodeId: string;
  partnerId: PartnerId;
  endsAt: Date | null;
  isEnded: boolean;
  isPattern: boolean;
}
