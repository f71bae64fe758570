import type { DiscountCode, PartnerId } from "../ids.ts";
import type { Reach } from "../uploads/reach.ts";

/** Where Shopify, impact.com and our own table tell different stories. */
export interface CodeDifference {
  kind: CodeDifferenceKind;
  /** The code, discount's id, partner's id, family's shape or expression that it is about: one of a kind for each. */
  subject: string;
  /** Null where the code is none of ours, or many are meant. */
  codeId: string | null;
  discountId: string | null;
  ourPartnerId: PartnerId | null;
  theirPartnerId: PartnerId | null;
  /** The registration at impact.com that differs, where it stands. */
  promoCodeId: string | null;
  /** The family that is meant, or that the code is of. */
  familyId: string | null;
  /** The registration stands for other codes too. */
  isShared: boolean;
  /** When the code ends in Shopify, and at impact.com; null is without end, or not known. */
  endsHere: Date | null;
  endsThere: Date | null;
  /** Of its registration there, where it is another one than it should have. */
  creditPolicy: string | null;
  /** When its registration begins, where that is later than customers can use it. */
  startsThere: Date | null;
  /** How many codes it concerns. */
  codes: number;
  /** Of those, codes of families. */
  familyCodes: number;
  /** How many families have no other codes than those. */
  familyEndings: number;
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
  "in-other-discount",
  "only-in-shopify",
  "works-though-failed",
  "past-its-end",
  "other-partner-there",
  "missing-at-impact",
  "not-registered",
  "ends-differ",
  "only-at-impact",
  "two-partners-there",
  "registered-twice",
  "registered-otherwise",
  "family-widens",
] as const;

/** About all codes of a discount, of a partner, or of a family, or whatever an expression matches. */
export const GROUP_KINDS = [
  "discount-deleted",
  "discount-deactivated",
  "discount-ended",
  "contract-ended",
  "family-lost",
  "family-unused",
  "family-twice",
  "expression-matches",
  "expression-widens",
  "expression-unread",
] as const;

const OF_EXPRESSIONS: ReadonlySet<CodeDifferenceKind> = new Set([
  "expression-matches",
  "expression-widens",
  "expression-unread",
  "family-twice",
]);

/** About one expression at impact.com, which is none of our families'. */
export function isOfExpression({ kind }: Pick<CodeDifference, "kind">): boolean {
  return OF_EXPRESSIONS.has(kind);
}

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
  /** Which discount of ours it opens there, and when it ends with that; null where it opens none. */
  inShopify: { discountId: string; endsAt: Date | null } | null;
  /** Its registration, or that of the family it belongs to. */
  atImpact: ImpactSide | null;
  /** Beside a standing registration of its own, another one that stands. */
  twin: { promoCodeId: string; partnerId: PartnerId } | null;
  /** A standing expression of another partner than its own registration's that matches it too. */
  matchedBy: PatternThere | null;
  /** It is to earn for fewer orders than a family of its partner's that matches it too. */
  isWidened: boolean;
}

/** A regular expression that stands at impact.com. */
export interface PatternThere {
  promoCodeId: string;
  partnerId: PartnerId;
  /** A family of this shop. */
  isOurs: boolean;
  /** Null where impact.com names none. */
  creditPolicy: string | null;
}

export interface OurSide {
  codeId: string;
  shopifyState: "planned" | "live" | "failed" | "retired";
  /** It is planned, and its batch has stopped. */
  isGivenUp: boolean;
  impactState: "planned" | "registered" | "failed" | "expired";
  /** Null is ALWAYS. */
  reach: Reach | null;
  /** From when customers can use it for its partner. */
  startsAt: Date;
  /** Since when customers can use it. */
  liveAt: Date | null;
  partner: { partnerId: PartnerId; hasContract: boolean } | null;
  familyId: string | null;
  /** Its own end, where that is past and its discount goes on. */
  pastEnd: Date | null;
  discount: {
    discountId: string;
    /** The code's own end, where that comes first. */
    endsAt: Date | null;
    isDeactivated: boolean;
    isDeleted: boolean;
    /** Shopify lists its codes short: one that was not met may well be there. */
    isCut: boolean;
  };
}

export interface ImpactSide {
  promoCodeId: string;
  partnerId: PartnerId;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Null where impact.com names none. */
  creditPolicy: string | null;
  isEnded: boolean;
  isPattern: boolean;
}
