import type { Batch, BatchPart, PlannedCode } from "../batches/batch.ts";
import type { ShopDomain } from "../ids.ts";

export interface BatchStore {
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
  /** The part's planned codes are live, but those that failed. Gives the ids of those that are live now. */
  settlePart(
    shop: ShopDomain,
    batchId: string,
    part: number,
    failed: readonly { codeId: string; problem: string }[],
    now: Date,
  ): Promise<string[]>;
  /** Runs it again: parts that hold planned codes are open once more, whatever Shopify was asked. */
  reopen(shop: ShopDomain, batchId: string): Promise<void>;
}
