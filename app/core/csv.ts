/**
 * Rows as a CSV file (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe
 * before it: titles and codes are other people's text.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Excel takes a CSV for UTF-8 only with a byte order mark. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Spreadsheets of East Asian languages take the full-width signs for the plain ones. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell as it was before toCsv put its apostrophe there: files that the app wrote come back. */
export function withoutApostrophe(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
