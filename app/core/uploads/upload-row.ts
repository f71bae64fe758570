import type { Problem } from "../result.ts";

/** One row of an uploaded file that holds anything. */
export interface UploadRow {
  /** As a spreadsheet numbers it: the first row is 1, blank rows count, a quoted line break does not. */
  number: number;
  /** Trimmed; rows may be of different lengths. */
  cells: string[];
  /** The first and the last line of a text file, where quotation marks make several lines one row. */
  lines?: { from: number; to: number };
}

/** Why a file is refused as a whole, or where its reading had to stop. */
export type UploadProblem = Problem<
  | "discount-ended"
  | "upload-empty"
  | "upload-format"
  | "upload-too-large"
  | "upload-too-many-rows"
  | "upload-broken"
  | "upload-locked"
>;

/** What a batch takes at once; impact.com's pace makes more than that a matter of weeks. */
export const UPLOAD_ROW_LIMIT = 200_000;
