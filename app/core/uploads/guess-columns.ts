import { parseCode } from "../codes/code-text.ts";
import { parseReach } from "./reach.ts";
import { readUploadDate } from "./read-upload-date.ts";
import { UPLOAD_COLUMNS, type ColumnMapping, type UploadColumn } from "./upload-column.ts";
import type { UploadRow } from "./upload-row.ts";

type Looks = Record<"code" | "partner" | "date" | "reach", boolean>;

/**
 * Which columns the cells themselves speak for. Only what a single column can be is taken; the first
 * of two columns of dates is the start. The first row counts only where it is no heading.
 */
export function guessColumns(
  rows: readonly UploadRow[],
  isPartner: (cell: string) => boolean,
): { guess: Partial<ColumnMapping>; firstRowIsHeading: boolean } {
  const [first, ...others] = rows;
  const looks = looksOfColumns(others.length > 0 ? others : rows, isPartner);
  const code = only(looks, (column) => column.code && !column.partner && !column.date);
  const partner = only(looks, (column) => column.partner);
  const dates = looks.flatMap((column, index) => (column.date ? [index] : []));
  const reach = only(looks, (column) => column.reach);
  const guess: Partial<ColumnMapping> = {
    ...(code === null ? {} : { code }),
    ...(partner === null ? {} : { partner }),
    startsOn: dates.length <= 2 ? (dates[0] ?? null) : null,
    endsOn: dates.length <= 2 ? (dates[1] ?? null) : null,
    reach,
  };
  return { guess, firstRowIsHeading: others.length > 0 && !fits(first, guess, isPartner) };
}

function looksOfColumns(rows: readonly UploadRow[], isPartner: (cell: string) => boolean): Looks[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) => {
    const cells = rows.map((row) => row.cells[index] ?? "").filter((cell) => cell !== "");
    const most = (test: (cell: string) => boolean) =>
      cells.length > 0 && cells.filter(test).length * 2 > cells.length;
    const isVaried = new Set(cells).size * 2 > cells.length;
    return {
      code: most(isCode) && isVaried,
      partner: most((cell) => isPartner(cell) || isEmail(cell)),
      date: most(isDate),
      reach: most((cell) => parseReach(cell) !== null),
    };
  });
}

/** A code has no blanks; one of digits alone might as well be an amount or an id. */
function isCode(cell: string): boolean {
  return parseCode(cell).ok && /\p{L}/u.test(cell) && parseReach(cell) === null;
}

function isEmail(cell: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell);
}

function isDate(cell: string): boolean {
  const date = readUploadDate(cell, { timeZone: "UTC", edge: "start" });
  return date.ok || date.because === "ambiguous";
}

function only(looks: Looks[], test: (column: Looks) => boolean): number | null {
  const found = looks.flatMap((column, index) => (test(column) ? [index] : []));
  const [index] = found;
  return found.length === 1 && index !== undefined ? index : null;
}

/** A first row whose partner and dates read like the others' is a row like the others. */
function fits(
  row: UploadRow | undefined,
  guess: Partial<ColumnMapping>,
  isPartner: (cell: string) => boolean,
): boolean {
  const tests: Record<UploadColumn, (cell: string) => boolean> = {
    code: isCode,
    partner: (cell) => isPartner(cell) || isEmail(cell),
    startsOn: isDate,
    endsOn: isDate,
    reach: (cell) => parseReach(cell) !== null,
  };
  return UPLOAD_COLUMNS.every((column) => {
    const index = guess[column];
    if (index === undefined || index === null) return true;
    const cell = row?.cells[index] ?? "";
    return cell === "" || tests[column](cell);
  });
}
