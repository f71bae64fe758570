import { normalizeCode } from "./code-text.ts";
import type { DiscountCode } from "../ids.ts";

const LONGEST_NAME = 16;

/**
 * A code to offer for a partner: their first word folded to A–Z and 0–9, then the discount's number
 * (ANNA15). `taken` holds codes already offered or in use; a clash gets the next free digit.
 */
export function suggestCode(
  partnerName: string,
  discountNumber: number,
  taken: ReadonlySet<string>,
): DiscountCode {
  const word =
    foldToCode(partnerName.trim().split(/\s+/)[0] ?? "") || foldToCode(partnerName) || "PARTNER";
  // A code takes no decimal point: 12.5 % is offered as ANNA12.
  const number = Math.trunc(discountNumber);
  const stem = `${word.slice(0, LONGEST_NAME)}${number > 0 ? number : ""}`;
  let candidate = stem;
  for (let next = 2; taken.has(candidate); next += 1) candidate = `${stem}-${next}`;
  return normalizeCode(candidate);
}

/** Accents fall away (Zoë → ZOE); what is no Latin letter or digit is left out. */
function foldToCode(text: string): string {
  return text
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
}
