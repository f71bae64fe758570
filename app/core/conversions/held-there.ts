import { heldBy } from "../adjustments/judge-conversion.ts";
import { heldMinor } from "../adjustments/plan-adjustment.ts";
import { apportion } from "../apportion.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Conversion, HeldItem } from "./conversion.ts";

/**
 * What impact.com holds of a conversion: the lines as sent, unless its action is known to count
 * another amount in the same currency. That is spread over them, and the next review puts it right.
 */
export function heldThere(
  { lines, currency }: Pick<Conversion, "lines" | "currency">,
  action: Pick<ImpactAction, "currency" | "amountMinor"> | null,
): HeldItem[] {
  const sent = heldBy({ held: [], lines });
  const theirs = action?.currency === currency ? action.amountMinor : null;
  if (theirs === null || theirs < 0 || theirs === heldMinor(sent)) return sent;
  const amounts = apportion(
    theirs,
    sent.map(({ amountMinor }) => amountMinor),
  );
  return sent.map((item, index) => ({ ...item, amountMinor: amounts[index] ?? 0 }));
}
