import type { RowProblem } from "./read-upload-row.ts";
import type { ColumnMapping, UploadColumn } from "./upload-column.ts";
import type { UploadRow } from "./upload-row.ts";

/** A column that nobody reads may hold a text of some lines. */
const LONGEST_TEXT = 20;

/**
 * Why a row is hardly one: a quotation mark that is not closed where its cell ends takes all lines up
 * to the next one for text. Null where what it holds can be what was meant.
 */
export function whySwallowed(
  { cells, lines }: Pick<UploadRow, "cells" | "lines">,
  mapping: ColumnMapping,
): RowProblem | null {
  if (!lines) return null;
  const columns = Object.keys(mapping) as UploadColumn[];
  const broken = columns.find((column) => /[\r\n]/.test(cells[mapping[column] ?? -1] ?? ""));
  const swallowed = lines.to - lines.from;
  if (broken === undefined && swallowed < LONGEST_TEXT) return null;
  const number = (some: number) => some.toLocaleString("en-US");
  const many = swallowed === 1 ? "the line below" : `the ${number(swallowed)} lines below`;
  return {
    kind: "lines-swallowed",
    column: broken ?? "code",
    message: `This row reaches from line ${number(lines.from)} to line ${number(lines.to)} of the file: a quotation mark in it is not closed where its cell ends, so ${many} counted as its text, and none of their codes was read. Close or remove the quotation mark, and upload the file again.`,
  };
}
