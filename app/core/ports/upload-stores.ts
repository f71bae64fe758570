import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { UploadCounts, WrongVerdict } from "../uploads/judge-upload.ts";
import type { ColumnMapping } from "../uploads/upload-column.ts";
import type { NewRow, RefusedRow, Upload } from "../uploads/upload.ts";

export interface UploadStore {
  /** An upload that is being read; gives its id. */
  create(
    shop: ShopDomain,
    file: { discountId: string; fileName: string; headings: string[]; mapping: ColumnMapping },
    times: { now: Date; expiresAt: Date },
  ): Promise<string>;
  addRows(
    shop: ShopDomain,
    uploadId: string,
    rows: { new: readonly NewRow[]; wrong: readonly WrongVerdict[] },
  ): Promise<void>;
  /** It is read to its end. */
  saveChecked(shop: ShopDomain, uploadId: string, counts: UploadCounts): Promise<void>;
  /** With all its rows; only what nobody has taken. */
  remove(shop: ShopDomain, uploadId: string): Promise<void>;
  find(shop: ShopDomain, uploadId: string): Promise<Upload | null>;
  /** By number, those after that one. */
  listWrong(
    shop: ShopDomain,
    uploadId: string,
    page: { after: number; limit: number },
  ): Promise<WrongVerdict[]>;
  /** A checked upload is this batch's from now on, and its wrong rows are erased. */
  take(shop: ShopDomain, uploadId: string, batchId: string): Promise<void>;
  /** The upload whose codes a batch has still to plan. */
  findTaken(shop: ShopDomain, batchId: string): Promise<string | null>;
  /** How many rows a batch's upload still has, and of how many no code could be made. */
  findOfBatch(
    shop: ShopDomain,
    batchId: string,
  ): Promise<{ rowsLeft: number; rowsRefused: number } | null>;
  /** Rows that were taken away, and that no code can be made of. */
  addRefused(
    shop: ShopDomain,
    uploadId: string,
    rows: readonly (NewRow & { problem: string })[],
  ): Promise<void>;
  /** Of its rows that codes are still to be made of, those of these codes. */
  listNew(shop: ShopDomain, uploadId: string, codes: readonly DiscountCode[]): Promise<NewRow[]>;
  /** All of those by number, those after that one. */
  listNewAfter(
    shop: ShopDomain,
    uploadId: string,
    page: { after: number; limit: number },
  ): Promise<NewRow[]>;
  /** No code can be made of these new rows. */
  refuseNew(
    shop: ShopDomain,
    uploadId: string,
    rows: readonly Pick<RefusedRow, "number" | "problem">[],
  ): Promise<void>;
  /** Those of a batch's upload by number, after that one. */
  listRefused(
    shop: ShopDomain,
    batchId: string,
    page: { after: number; limit: number },
  ): Promise<RefusedRow[]>;
  /** Takes its next new rows away, by number: they belong into the same commit as their codes. */
  takeRows(shop: ShopDomain, uploadId: string, limit: number): Promise<NewRow[]>;
  /** All codes of a taken upload are planned. */
  savePlanned(shop: ShopDomain, uploadId: string): Promise<void>;
}
