import type { Batch, BatchPart, CodePlan, PlannedCode } from "../batches/batch.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { NewCode } from "./code-stores.ts";

export interface BatchStore {
  /** A batch whose codes are drawn, or taken from a file, as it goes on; not new where that form was sent before. */
  create(
    shop: ShopDomain,
    batch: { draftKey: string; discountId: string; plan: CodePlan | null; codes: number },
    now: Date,
  ): Promise<{ batchId: string; isNew: boolean }>;
  find(shop: ShopDomain, batchId: string): Promise<Batch | null>;
  newestOf(shop: ShopDomain, discountId: string): Promise<Batch | null>;
  /** Takes a running batch; null where it has ended or somebody else has it. */
  claim(
    shop: ShopDomain,
    batchId: string,
    lease: { now: Date; until: Date },
  ): Promise<Batch | null>;
  /** Until when somebody holds a running batch; null where nobody does. */
  findLease(shop: ShopDomain, batchId: string): Promise<Date | null>;
  /** Holds it for longer; false where it was cancelled, or taken over since. */
  renew(shop: ShopDomain, batchId: string, lease: { from: Date; until: Date }): Promise<boolean>;
  /** Writes down how a running batch stands, and lets go of it. A cancelled one stays cancelled. */
  save(shop: ShopDomain, batch: Batch): Promise<void>;
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
  /** Its parts are all planned: what they hold is what it is to make. */
  recount(shop: ShopDomain, batchId: string): Promise<void>;
  savePlan(shop: ShopDomain, batchId: string, plan: CodePlan): Promise<void>;
  /** Gives planned codes another spelling; gives the ids of those whose spelling the shop has already. */
  rename(
    shop: ShopDomain,
    codes: readonly { codeId: string; code: DiscountCode }[],
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
   * for which it stays open. Gives the ids of those that are live now.
   */
  settlePart(
    shop: ShopDomain,
    batchId: string,
    part: number,
    but: { failed: readonly { codeId: string; problem: string }[]; anew: readonly string[] },
    now: Date,
  ): Promise<string[]>;
  /** Runs it again: parts that hold planned codes are open once more, whatever Shopify was asked. */
  reopen(shop: ShopDomain, batchId: string): Promise<void>;
}
