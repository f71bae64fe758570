import { UploadRefusal } from "../upload-refusal.ts";

/** What a cell of the sheet holds, as XML says it (ECMA-376 part 1, 18.3.1.4). */
export interface RawCell {
  type: string;
  style: number;
  value: string;
  inline: string;
  formula: string;
  hasValue: boolean;
}

export interface WorkbookValues {
  sharedStrings: readonly string[];
  dateStyles: ReadonlySet<number>;
  from1904: boolean;
}

/**
 * A cell as text: numbers without exponent, dates as yyyy-mm-dd, with a time of day where there is one.
 * A formula is its last result; one that was never worked out stays visible as “=…”.
 */
export function cellText(cell: RawCell, values: WorkbookValues): string {
  if (cell.type === "inlineStr") return unescapeText(cell.inline);
  if (!cell.hasValue) return cell.formula === "" ? "" : `=${cell.formula}`;
  if (cell.type === "s") return values.sharedStrings[Number(cell.value)] ?? "";
  if (cell.type === "b") return cell.value === "1" ? "TRUE" : "FALSE";
  if (cell.type === "n") return numberText(cell, values);
  return unescapeText(cell.value);
}

/** `_x000D_` and the like (ECMA-376 part 1, 22.4.2.4). */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const DAY_MS = 86_400_000;
/** 9999-12-31, the last day that Excel knows. */
const LAST_SERIAL = 2_958_465;

function numberText(cell: RawCell, values: WorkbookValues): string {
  const number = Number(cell.value);
  if (cell.value.trim() === "" || !Number.isFinite(number)) return cell.value;
  const isDate = values.dateStyles.has(cell.style) && number >= 1 && number <= LAST_SERIAL;
  if (isDate) return dateText(number, values.from1904);
  if (/^-?\d+$/.test(cell.value)) return cell.value;
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}

function dateText(serial: number, from1904: boolean): string {
  const dayZero = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const seconds = Math.round((serial * DAY_MS) / 1000);
  const iso = new Date(dayZero + seconds * 1000).toISOString();
  return seconds % 86_400 === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

/** "AB12" → 27, the column's index; null for what is no address. */
export function columnOf(address: string): number | null {
  const letters = /^([A-Z]{1,3})\d+$/i.exec(address)?.[1]?.toUpperCase();
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

export const MOST_COLUMNS = 256;

export function hasTooManyColumns(row: number): UploadRefusal {
  return new UploadRefusal(
    "upload-format",
    `Row ${row} holds something beyond column ${MOST_COLUMNS}. Leave only the columns of the codes and upload the file again.`,
  );
}
