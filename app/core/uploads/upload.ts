import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { UploadCounts } from "./judge-upload.ts";
import type { Reach } from "./reach.ts";
import type { ColumnMapping } from "./upload-column.ts";

/** A file of codes for one discount: judged first, and its codes made when the merchant says so. */
export interface Upload {
  id: string;
  shop: ShopDomain;
  discountId: string;
  fileName: string;
  /**
   * "taken": a batch makes its codes; "planned": all of them are that batch's now. A file that can't
   * be read to its end is not kept.
   */
  state: "reading" | "checked" | "taken" | "planned";
  /** A heading for each column of the file. */
  headings: string[];
  mapping: ColumnMapping;
  /** Null until all of it is judged. */
  counts: UploadCounts | null;
  batchId: string | null;
  createdAt: Date;
  /** From then on nobody needs its rows. */
  expiresAt: Date;
}

/** A new code of a file. */
export interface NewRow {
  /** As a spreadsheet numbers it. */
  number: number;
  code: DiscountCode;
  partnerId: PartnerId;
  /** From when it is the partner's; null is from when it is made. */
  startsAt: Date | null;
  /** Its own end; null is its discount's. */
  endsAt: Date | null;
  /** Null is ALWAYS. */
  reach: Reach | null;
}

/** A row whose code came to be somebody's after it was checked: no code is made of it. */
export interface RefusedRow extends Pick<NewRow, "number" | "code"> {
  partner: { partnerId: PartnerId; name: string };
  /** A sentence for the merchant. */
  problem: string;
}

/** Its wrong rows may name people: a day is enough to correct them. */
export const UPLOAD_KEPT_MS = 86_400_000;
