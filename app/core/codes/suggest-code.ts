import { normalizeCode } from "./code-text.ts";
import type { DiscountCode } from "../ids.ts";

/**
 * A code to offer for a partner: their name as codes spell it (codeNamesOf), then the discount's
 * number (ANNA15). `taken` holds codes already offered or in use; a clash gets the next free digit.
 */
export function suggestCode(
  codeName: string,
  discountNumber: number,
  taken: ReadonlySet<string>,
): DiscountCode {
  // A code takes no decimal point: 12.5 % is offered as ANNA12.
  const number = Math.trunc(discountNumber);
  const stem = `${codeName}${number > 0 ? number : ""}`;
  let candidate = stem;
  for (let next = 2; taken.has(candidate); next += 1) candidate = `${stem}-${next}`;
  return normalizeCode(candidate);
}
