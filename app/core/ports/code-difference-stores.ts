import type { ToldRegistration } from "../codes/read-back.ts";
import type {
  CodeDifference,
  CodeDifferenceKind,
  CodeStory,
  FoundDifference,
  PatternThere,
} from "../code-differences/code-difference.ts";
import type { Discount, DiscountTerms } from "../codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { ListedPromoCode } from "./impact.ts";

/** A discount that Shopify has made, and what was last seen of it there. */
export interface WatchedDiscount extends Discount {
  shopifyId: string;
}

/** Whom else a code is registered to follows from all expressions together. */
export type ToldStory = Omit<CodeStory, "matchedBy" | "isWidened">;

/** A regular expression as a run has met it. */
export interface SeenPattern extends PatternThere {
  expression: string;
}

/** What a run over codes has met on each side, until it ends. */
export interface SeenCodeStore {
  /** Discounts that Shopify has made, by their ids: those after that one, or one alone. */
  listDiscounts(
    shop: ShopDomain,
    page: { after: string | null; only: string | null; limit: number },
  ): Promise<WatchedDiscount[]>;
  /** By its id at Shopify, in whatever form Shopify names it. */
  findDiscount(shop: ShopDomain, shopifyId: string): Promise<WatchedDiscount | null>;
  saveDiscount(
    shop: ShopDomain,
    discountId: string,
    seen: { terms: DiscountTerms; deactivatedAt: Date | null; plannedEndsAt: Date | null },
  ): Promise<void>;
  saveDeleted(shop: ShopDomain, discountId: string, now: Date): Promise<void>;
  /** Its deactivation, where it has one, was done here. */
  noteDeactivatedHere(shop: ShopDomain, discountId: string): Promise<void>;
  /** Plans the discount's next look in Shopify; false where one is planned already. */
  claimLook(shop: ShopDomain, discountId: string, look: { at: Date; now: Date }): Promise<boolean>;
  /** It is looked at now: what comes from now on may plan another. */
  beginLook(shop: ShopDomain, discountId: string): Promise<void>;
  /**
   * Live codes of a discount here, how many are among those, whether a batch is at work on any, and
   * whether one adds or removes codes in Shopify.
   */
  countLive(
    shop: ShopDomain,
    discountId: string,
    those: readonly DiscountCode[],
  ): Promise<{ live: number; among: number; isBusy: boolean; isBusyThere: boolean }>;
  noteInShopify(
    shop: ShopDomain,
    run: Reconciliation,
    seen: { discountId: string; codes: readonly DiscountCode[] },
  ): Promise<void>;
  /** Shopify has listed its codes short again and again: what was not met may well be there. */
  noteCut(shop: ShopDomain, runId: string, discountId: string): Promise<void>;
  /** Titles of the discounts whose codes a run could not read to their end. */
  listCut(shop: ShopDomain, runId: string): Promise<string[]>;
  /** Each registration, however many one code has. */
  noteAtImpact(
    shop: ShopDomain,
    run: Reconciliation,
    seen: readonly ListedPromoCode[],
  ): Promise<void>;
  /** Expressions that stand at impact.com, as far as this run has read it, or had. */
  listPatterns(shop: ShopDomain, run: Reconciliation): Promise<SeenPattern[]>;
  /** What all three know of the next codes by their text, met by this run or ours. */
  listStories(
    shop: ShopDomain,
    run: Reconciliation,
    page: { after: string | null; limit: number; now: Date },
  ): Promise<ToldStory[]>;
  /** The run has ended: all but the expressions that stand. */
  forget(shop: ShopDomain, runId: string): Promise<void>;
  /** What every other run of the shop has left, but the expressions of the last whole one. */
  forgetBefore(shop: ShopDomain, runId: string): Promise<void>;
  /** Whether another shop that has the app installed reports to this program now, and nothing else of it. */
  isProgramSharedNow(
    shop: ShopDomain,
    at: { accountSid: string; programId: string },
  ): Promise<boolean>;
  /** Of these codes, those with a job that registers them, or that wait in a registration file. */
  listWaiting(shop: ShopDomain, codeIds: readonly string[]): Promise<string[]>;
  /** Of these codes, those that are registered alone, as impact.com has answered it. */
  listTold(
    shop: ShopDomain,
    codeIds: readonly string[],
  ): Promise<(ToldRegistration & { codeId: string })[]>;
  /**
   * How the registrations of this code's batch are read back: each alone, of a batch of at least so
   * many codes all at once, and that later while one of them is left to register.
   */
  findReadBack(
    shop: ShopDomain,
    codeId: string,
    atLeast: number,
  ): Promise<"each" | "later" | "at-once">;
}

export interface CodeDifferenceStore {
  /** By kind and then by subject, those after that one. */
  list(
    shop: ShopDomain,
    page: { kind: CodeDifferenceKind; after: string | null; limit: number },
  ): Promise<CodeDifference[]>;
  /** How many there are of each kind. */
  countByKind(shop: ShopDomain): Promise<Map<CodeDifferenceKind, number>>;
  find(
    shop: ShopDomain,
    one: { kind: CodeDifferenceKind; subject: string },
  ): Promise<CodeDifference | null>;
  /** What was found before keeps its first date, and why it could not be repaired. */
  save(
    shop: ShopDomain,
    runId: string,
    found: readonly FoundDifference[],
    now: Date,
  ): Promise<void>;
  /**
   * Discounts that are gone or deactivated, or have ended with codes of families, and partners without
   * a contract, that have live codes.
   */
  saveGroups(
    shop: ShopDomain,
    runId: string,
    of: { discountId: string | null; hasProgram: boolean },
    now: Date,
  ): Promise<void>;
  /** Families that impact.com has lost, or that have no codes any more, by what this run has read there. */
  saveFamilies(shop: ShopDomain, run: Reconciliation, now: Date): Promise<void>;
  /** Drops what the run no longer saw of what it looked for. */
  forgetUnseen(shop: ShopDomain, run: Reconciliation): Promise<void>;
  remove(shop: ShopDomain, one: { kind: CodeDifferenceKind; subject: string }): Promise<void>;
  /** Somebody has got these codes since: whatever was found of them is past. */
  removeOfCodes(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<void>;
  /** Of all that differ in that way. */
  saveProblems(shop: ShopDomain, kind: CodeDifferenceKind, problem: string): Promise<void>;
  saveProblem(
    shop: ShopDomain,
    one: { kind: CodeDifferenceKind; subject: string },
    problem: string,
  ): Promise<void>;
}

/** What repairs write of codes and families. */
export interface CodeRepairStore {
  /**
   * The family and its live codes count as not registered. One that impact.com was seen not to have is
   * told at once; of any other it is asked first.
   */
  planFamily(shop: ShopDomain, familyId: string, seen: { isGone: boolean }): Promise<void>;
  /** What is retired of the family's codes has ended at impact.com, too. */
  expireRetired(shop: ShopDomain, familyId: string, now: Date): Promise<void>;
  /**
   * Plans one live code, or all of the discount's, in this batch, as if Shopify had never made them,
   * and writes down which batches had made them; gives how many.
   */
  planAgain(
    shop: ShopDomain,
    into: { batchId: string; discountId: string; codeId: string | null },
  ): Promise<number>;
  /** Shopify no longer has the discount: it is to be made once more. */
  forgetDiscount(shop: ShopDomain, discountId: string): Promise<void>;
  /** It counts as not registered; impact.com is asked before it is told again. */
  planRegistration(shop: ShopDomain, codeId: string): Promise<void>;
  /** Shopify has a code that failed here, or whose batch has stopped: it is live from now on, in that discount. */
  takeAsLive(
    shop: ShopDomain,
    of: { codeId: string; discountId: string },
    now: Date,
  ): Promise<void>;
  /** The live code is of that discount from now on, which becomes one of ours where it is none. */
  moveToDiscount(
    shop: ShopDomain,
    codeId: string,
    to: { shopifyId: string; terms: DiscountTerms },
    now: Date,
  ): Promise<void>;
  /** impact.com credits nobody by it any more. */
  noteExpired(shop: ShopDomain, codeId: string): Promise<void>;
  /**
   * From now on it is the partner's whom impact.com names; orders before stay with the first, whose
   * registration covers those from before theirs began.
   */
  followImpact(
    shop: ShopDomain,
    codeId: string,
    theirs: {
      partnerId: PartnerId;
      promoCodeId: string;
      registeredAs: string | null;
      startsAt: Date | null;
    },
    now: Date,
  ): Promise<void>;
}
