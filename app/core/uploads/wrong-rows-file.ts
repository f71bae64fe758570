import { BYTE_ORDER_MARK, toCsv } from "../csv.ts";
import type { WrongVerdict } from "./judge-upload.ts";

/** Row and Reason stand first, so that rows of any length stay in line. */
export function wrongRowsHead(headings: readonly string[]): string {
  return BYTE_ORDER_MARK + toCsv([["Row", "Reason", ...headings]]);
}

/**
 * Wrong rows as lines of a CSV: their number in the file, every reason, and their cells as they were
 * but safe from running as formulas. Corrected, the file can be uploaded as it is.
 */
export function wrongRowLines(wrong: readonly WrongVerdict[]): string {
  return toCsv(
    wrong.map(({ row, problems }) => [
      String(row.number),
      problems.map(({ message }) => message).join(" "),
      ...row.cells,
    ]),
  );
}
