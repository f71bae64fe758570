/** Zero-width characters that copying from web pages leaves behind; JavaScript's trim keeps them. */
const ZERO_WIDTH = new Set(["\u200b", "\u200c", "\u200d", "\u2060"]);

/** Without blanks of any kind at either end: spaces, no-break spaces, line breaks, zero-width ones. */
export function trimCell(text: string): string {
  let trimmed = text.trim();
  while (ZERO_WIDTH.has(trimmed.at(0) ?? "") || ZERO_WIDTH.has(trimmed.at(-1) ?? "")) {
    const from = ZERO_WIDTH.has(trimmed.at(0) ?? "") ? 1 : 0;
    const to = ZERO_WIDTH.has(trimmed.at(-1) ?? "") ? trimmed.length - 1 : trimmed.length;
    trimmed = trimmed.slice(from, Math.max(from, to)).trim();
  }
  return trimmed;
}
