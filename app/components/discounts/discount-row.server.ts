import type { DiscountSummary } from "#app/core/ports/code-stores.ts";
import { discountTermsView, type DiscountTermsView } from "./discount-terms.server.ts";

export interface DiscountRow extends Pick<DiscountTermsView, "dates" | "phase"> {
  /** "15% off · Mugs · VIP customers": whatever is not all is named. */
  what: string;
  id: string;
  title: string;
  codes: number;
  live: number;
  registered: number;
  failed: number;
}

export function discountRow(
  discount: DiscountSummary,
  at: { timeZone: string; now: Date },
): DiscountRow {
  const { id, title, codes, live, registered, failed } = discount;
  const { value, items, buyers, dates, phase } = discountTermsView(discount, at);
  const named = [
    value,
    ...("chosen" in discount.items ? [items] : []),
    ...("chosen" in discount.buyers ? [buyers] : []),
  ];
  return { id, title, what: named.join(" · "), dates, phase, codes, live, registered, failed };
}
