import { totalMinor } from "../conversions/conversion-lines.ts";
import type { Conversion, HeldItem } from "../conversions/conversion.ts";
import { currencyDigits } from "../money.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Adjustment } from "./adjustment.ts";
import { itemsToName } from "./items-to-name.ts";
import { heldMinor } from "./plan-adjustment.ts";

/**
 * What impact.com holds of an order in another currency than the account's, if it took the amounts of a
 * change, which name none, for the account's; null where it took them for the order's, as it does a
 * conversion's. No document says which (impact.md, sections 3.2 and 6), so its action is asked: the
 * amount first intended tells the rate. In the order's minor units.
 */
export function heldIfMisread(
  action: Pick<ImpactAction, "currency" | "amountMinor" | "intendedMinor">,
  adjustment: Pick<Adjustment, "target" | "attempts" | "currency">,
  conversion: Pick<Conversion, "held" | "lines">,
): HeldItem[] | null {
  const { currency, amountMinor, intendedMinor } = action;
  const reported = totalMinor(conversion.lines);
  if (!currency || currency === adjustment.currency || amountMinor === null) return null;
  if (!intendedMinor || reported === 0) return null;
  const { target } = adjustment;
  const rate = intendedMinor / reported;
  const scale = 10 ** (currencyDigits(currency) - currencyDigits(adjustment.currency));
  const named = new Set(itemsToName(adjustment, conversion).map(({ sku }) => sku));
  const misread = target.map((item) => ({
    ...item,
    amountMinor: named.has(item.sku) ? item.amountMinor * (scale / rate) : item.amountMinor,
  }));
  const isAbout = (minor: number) => Math.abs(amountMinor - minor) <= roundingOf(target);
  if (isAbout(heldMinor(target) * rate) || !isAbout(heldMinor(misread) * rate)) return null;
  return misread.map((item) => ({ ...item, amountMinor: Math.round(item.amountMinor) }));
}

/** Each item is exchanged by itself, and so is the sum. */
function roundingOf(items: readonly HeldItem[]): number {
  return items.length + 1;
}
