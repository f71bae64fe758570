import type { DiscountSummary } from "#app/core/ports/code-stores.ts";
import { discountTermsView, type DiscountTermsView } from "./discount-terms.server.ts";

export interface DiscountRow extends Pick<DiscountTermsView, "value" | "dates" | "phase"> {
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
  const { value, dates, phase } = discountTermsView(discount, at);
  return { id, title, value, dates, phase, codes, live, registered, failed };
}
