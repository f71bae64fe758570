import type { ChangeKind, ChangePlan } from "../changes/change.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Reach } from "../uploads/reach.ts";

/**
 * A run that makes a discount's codes in Shopify, part by part, changes codes that exist, one by one,
 * or adopts them, and can be resumed.
 */
export interface Batch {
  id: string;
  shop: ShopDomain;
  kind: "make" | "adopt" | ChangeKind;
  /** Null where it changes codes, of whatever discounts. */
  discountId: string | null;
  /** "cancelling": nothing more is begun, and what Shopify may have made is still settled. */
  state: "running" | "cancelling" | "done" | "failed" | "cancelled";
  /** How many codes it is to make or to change. */
  codes: number;
  /** How they are drawn; null where somebody named each of them. */
  plan: CodePlan | null;
  /** Which codes it changes and how; null where it makes codes. */
  change: ChangePlan | null;
  /** Of codes that start later: they are made in Shopify then, and not before. */
  startsAt: Date | null;
  /** How often it was put off since any code got further. */
  attempts: number;
  problem: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** Codes that are drawn as the batch goes on. */
export interface CodePlan {
  /** As typed, and read by parsePattern. */
  pattern: string;
  /** What {VALUE} stands for. */
  value: string;
  /** For each partner, in turn. */
  codesEach: number;
  partnerIds: PartnerId[];
  /** How many of all these have been drawn and stored, or left out. */
  drawn: number;
  /** In the order of the plan; absent where each has its code. */
  leftOut?: LeftOut[];
  /**
   * What other partners have at impact.com that the pattern could draw. Absent or null until that was
   * read, or is to be read anew.
   */
  theirs?: TheirRegistration[] | null;
  /** Whoever started the batch draws its codes: only one that turns out to be taken is drawn anew. */
  isDrawnElsewhere?: true;
}

/** Codes of a plan that one partner can't have: a type, since it is stored as JSON. */
export type LeftOut = {
  partnerId: PartnerId;
  count: number;
  /** After so many others of the plan. */
  at: number;
  /** Why, and what to do. */
  problem: string;
};

/** A registration that stands at impact.com: a type, since it is stored as JSON. */
export type TheirRegistration = {
  /** Of a family, or where somebody made one by hand, the regular expression. */
  code: string;
  isPattern: boolean;
  partnerId: PartnerId;
  partnerName: string;
};

/** Codes that Shopify is asked for in one call. Part 0 is the one code the discount itself is made with. */
export interface BatchPart {
  batchId: string;
  number: number;
  state: "planned" | "asked" | "done";
  /** Shopify may have been asked for it. */
  tried: boolean;
  /** Shopify's own run for them, while they are asked for. */
  bulkCreationId: string | null;
  askedAt: Date | null;
}

/** A code of a part that is not settled yet. */
export interface PlannedCode {
  id: string;
  code: DiscountCode;
  partnerId: PartnerId | null;
  /** Null is ALWAYS. */
  reach: Reach | null;
}

/** Shopify's limit for one discountRedeemCodeBulkAdd. */
export const CODES_PER_CALL = 250;

/** The job that goes on with a batch. */
export function jobOf({
  kind,
}: Pick<Batch, "kind">): "make-codes" | "change-codes" | "adopt-codes" {
  if (kind === "adopt") return "adopt-codes";
  return kind === "make" ? "make-codes" : "change-codes";
}
