import type { Done } from "../batches/pace.ts";
import type { Batch, BatchPart, CodePlan, PlannedCode } from "../batches/batch.ts";
import type { Code } from "../codes/discount.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { CodesOf, NewCode } from "./code-stores.ts";

export interface BatchSummary extends Batch {
  /** The discount's; empty where it changes codes of whatever discounts. */
  title: string;
  /** Made, or changed. */
  live: number;
  /** Refused by either side, or left out. */
  failed: number;
  /** Codes of it wait for impact.com. */
  isRegistering: boolean;
}

/** A batch's codes by how far they have come. */
export interface BatchCounts {
  /** Not asked for yet; only those that are drawn or named. */
  planned: number;
  /** Asked for, and Shopify has not said what became of them. */
  asked: number;
  live: number;
  /** Refused by Shopify. */
  failed: number;
  registered: number;
  /** Live, and refused by impact.com. */
  unregistrable: number;
  /** Why one that waits for impact.com was not registered when it was tried; null where none was. */
  waitsBecause: string | null;
}

/** Codes that a batch had made, and that were made again since. */
export interface MadeAgain {
  /** The batch that they are of now; null where its making them was cancelled. */
  batchId: string | null;
  codes: number;
  /** Of these, at impact.com. */
  registered: number;
}

export interface BatchStore {
  /** A batch whose codes are drawn, or taken from a file, as it goes on; not new where that form was sent before. */
  create(
    shop: ShopDomain,
    batch: {
      draftKey: string;
      discountId: string;
      plan: CodePlan | null;
      codes: number;
      /** Nothing is made before. */
      startsAt?: Date;
    },
    now: Date,
  ): Promise<{ batchId: string; isNew: boolean }>;
  find(shop: ShopDomain, batchId: string): Promise<Batch | null>;
  /** The id of the batch, of whatever kind, that the form of that key has begun. */
  findByDraftKey(shop: ShopDomain, draftKey: string): Promise<string | null>;
  /** The batches of the codes of its file that start later, the next one first. */
  listLater(shop: ShopDomain, batchId: string): Promise<Batch[]>;
  /** Ids of the discount's running batches of codes that start later. */
  listWaiting(shop: ShopDomain, discountId: string): Promise<string[]>;
  /** Newest first, with their discounts' titles: those after that one. */
  list(shop: ShopDomain, page: { after: string | null; limit: number }): Promise<BatchSummary[]>;
  countCodes(shop: ShopDomain, batchId: string): Promise<BatchCounts>;
  /** What other batches made again of its codes, which it no longer counts. */
  listMadeAgain(shop: ShopDomain, batchId: string): Promise<MadeAgain[]>;
  /** The parts that were done last, the last one first. */
  listDoneParts(shop: ShopDomain, batchId: string, limit: number): Promise<Done[]>;
  /** Codes that failed on either side, by their text, after that one. */
  listFailedCodes(
    shop: ShopDomain,
    batchId: string,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<Code[]>;
  /** Batches that failed or hold planned codes, but those that are being cancelled. */
  listUnmade(shop: ShopDomain, of: CodesOf): Promise<Pick<Batch, "id" | "state">[]>;
  /** But those of codes that start later. */
  newestOf(shop: ShopDomain, discountId: string): Promise<Batch | null>;
  /** Takes a batch that runs or is being cancelled; null where it has ended or somebody else has it. */
  claim(
    shop: ShopDomain,
    batchId: string,
    lease: { now: Date; until: Date },
  ): Promise<Batch | null>;
  /** Until when somebody holds a running batch; null where nobody does. */
  findLease(shop: ShopDomain, batchId: string): Promise<Date | null>;
  /** Holds it for longer and tells its state; null where it has ended, or was taken over since. */
  renew(
    shop: ShopDomain,
    batchId: string,
    lease: { from: Date; until: Date },
  ): Promise<Batch["state"] | null>;
  /**
   * Writes down how a batch stands that has not ended, and lets go of it. Its state changes only to
   * an end: what is being cancelled never runs on.
   */
  save(
    shop: ShopDomain,
    batch: Pick<Batch, "id" | "state" | "attempts" | "problem" | "finishedAt">,
  ): Promise<void>;
  /** Some codes got further: earlier tries no longer count. */
  noteProgress(shop: ShopDomain, batchId: string): Promise<void>;
  /** Parts that are not done, those that were asked for first, by number. */
  listOpenParts(shop: ShopDomain, batchId: string, limit: number): Promise<BatchPart[]>;
  /** How many parts it has by now. */
  countParts(shop: ShopDomain, batchId: string): Promise<number>;
  /**
   * Adds one planned part for each list of codes, numbered on from `from`. Gives back the codes that
   * the shop has already, which are not stored.
   */
  addParts(
    shop: ShopDomain,
    batch: { id: string; discountId: string },
    parts: { from: number; codes: NewCode[][] },
    now: Date,
  ): Promise<NewCode[]>;
  /**
   * Before Shopify is asked for these parts. Gives those it may be asked for: once the batch is being
   * cancelled, only those it may have been asked for before.
   */
  noteTried(shop: ShopDomain, batchId: string, parts: readonly number[]): Promise<number[]>;
  /**
   * Makes a batch the one that has Shopify make its discount. "theirs": another one that has not ended is at it;
   * "made": Shopify has it.
   */
  claimDiscount(
    shop: ShopDomain,
    batch: { id: string; discountId: string },
  ): Promise<"ours" | "theirs" | "made">;
  /** A code of each try of other batches to make the discount of which it is not known what became. */
  listTriedOf(
    shop: ShopDomain,
    batch: { id: string; discountId: string },
    limit: number,
  ): Promise<DiscountCode[]>;
  /** Shopify has been asked, and has none of the part's codes. */
  noteUntried(shop: ShopDomain, batchId: string, part: number): Promise<void>;
  /**
   * Of so many parts, the last ones first, forgets the codes Shopify was never asked for, and whose
   * they were to be; those of an upload become its rows again. Codes that were live before, and were
   * to be made again, are live codes of no batch's once more. Gives how many of each.
   */
  dropUntried(
    shop: ShopDomain,
    batchId: string,
    parts: number,
  ): Promise<{ parts: number; dropped: number; putBack: number }>;
  /** Its state, which nobody changes until the transaction ends; null where the shop has no such batch. */
  hold(shop: ShopDomain, batchId: string): Promise<Batch["state"] | null>;
  /** Begins to cancel a running or failed batch; false where it is neither. */
  cancel(shop: ShopDomain, batchId: string): Promise<boolean>;
  /** Its parts are all planned: what they hold is what it is to make. */
  recount(shop: ShopDomain, batchId: string): Promise<void>;
  savePlan(shop: ShopDomain, batchId: string, plan: CodePlan): Promise<void>;
  /** As savePlan, but false where the batch has ended or its plan is not as far as before any more. */
  advancePlan(
    shop: ShopDomain,
    batchId: string,
    plans: { before: CodePlan; next: CodePlan },
  ): Promise<boolean>;
  /** Gives planned codes another spelling; gives the ids of those whose spelling the shop has already. */
  rename(
    shop: ShopDomain,
    codes: readonly { codeId: string; code: DiscountCode; familyId: string | null }[],
  ): Promise<string[]>;
  /** The codes of parts that are not settled yet, by the part's number. */
  listPlanned(
    shop: ShopDomain,
    batchId: string,
    parts: readonly number[],
  ): Promise<Map<number, PlannedCode[]>>;
  /** Null takes back that it was asked for. */
  saveAsked(
    shop: ShopDomain,
    batchId: string,
    part: number,
    asked: { bulkCreationId: string; askedAt: Date } | null,
  ): Promise<void>;
  /**
   * The part's planned codes are live, but those that failed and those that are to be asked for anew,
   * for which it stays open. Gives those that are live now, with the families they are of.
   */
  settlePart(
    shop: ShopDomain,
    batchId: string,
    part: number,
    but: { failed: readonly { codeId: string; problem: string }[]; anew: readonly string[] },
    now: Date,
  ): Promise<{ id: string; familyId: string | null }[]>;
  /**
   * Runs it again, or again cancels it: parts that hold planned codes are open once more, whatever
   * Shopify was asked.
   */
  reopen(shop: ShopDomain, batchId: string, state: "running" | "cancelling"): Promise<void>;
}
