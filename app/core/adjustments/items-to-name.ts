import type { Conversion, HeldItem } from "../conversions/conversion.ts";
import type { Adjustment } from "./adjustment.ts";
import { heldBy } from "./judge-conversion.ts";

/** The items that a modification names: those that change, or all where impact.com may have an earlier try. */
export function itemsToName(
  { target, attempts }: Pick<Adjustment, "target" | "attempts">,
  conversion: Pick<Conversion, "held" | "lines">,
): HeldItem[] {
  if (attempts > 1) return target;
  const held = new Map(heldBy(conversion).map((item) => [item.sku, item]));
  return target.filter(({ sku, quantity, amountMinor }) => {
    const before = held.get(sku);
    return before?.quantity !== quantity || before.amountMinor !== amountMinor;
  });
}
