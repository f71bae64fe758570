import { apportion } from "../apportion.ts";
import type { EarnedLine } from "../orders/earned-lines.ts";

/** One of several shares of an order: all their weights, and which of them it is. */
export interface OrderPart {
  /** Whole numbers, in the order of the shares: 0 for a part that is worth nothing any more. */
  weights: number[];
  position: number;
}

/**
 * What one share gets of lines as they are earned: of each line's amount its part, to the minor unit,
 * so that the shares' lines sum to the lines whatever becomes of the order. A line's odd unit goes to
 * the largest remainder. Units stay whole: impact.com takes a quantity as the units that are left, and
 * 0 as returned (reference/impact.md, section 3.2), so half a unit can't be told.
 */
export function partOfLines(lines: readonly EarnedLine[], part: OrderPart | null): EarnedLine[] {
  if (!part) return [...lines];
  return lines.map((line) => ({ ...line, amountMinor: partOfMinor(line.amountMinor, part) }));
}

function partOfMinor(amountMinor: number, { weights, position }: OrderPart): number {
  return apportion(amountMinor, weights)[position] ?? 0;
}
