import type { DiscountTerms } from "#app/core/codes/discount.ts";
import { formatMoney } from "#app/core/money.ts";
import { timeFormats } from "../time-formats.server.ts";

/** A discount's terms in the words a merchant uses. */
export interface DiscountTermsView {
  value: string;
  dates: string;
  /** "running" follows from the dates alone: codes are made and registered apart from it. */
  phase: "scheduled" | "running" | "ended";
  usageLimit: string;
  customers: string;
  minimum: string;
  combines: string;
}

export function discountTermsView(
  terms: DiscountTerms,
  { timeZone, now }: { timeZone: string; now: Date },
): DiscountTermsView {
  const { currency, usageLimit, minimumMinor } = terms;
  return {
    value: valueText(terms),
    dates: datesText(terms, timeZone),
    phase: phaseAt(terms, now),
    usageLimit: usageLimit === null ? "No limit" : `${usageLimit} uses of each code`,
    customers: terms.oncePerCustomer ? "Once per customer" : "As often as they like",
    minimum: minimumMinor === null ? "None" : formatMoney({ minor: minimumMinor, currency }),
    combines: terms.combines ? "With other order discounts" : "Not with other order discounts",
  };
}

function valueText({ value, currency }: DiscountTerms): string {
  if (value.kind === "other") return "As set in Shopify";
  if (value.kind === "amount") return `${formatMoney({ minor: value.minor, currency })} off`;
  return `${value.basisPoints / 100}% off`;
}

function datesText({ startsAt, endsAt }: DiscountTerms, timeZone: string): string {
  const { day } = timeFormats(timeZone);
  if (!endsAt) return `From ${day(startsAt)}`;
  // The discount ends with its last day, so that its end is the next midnight.
  return `${day(startsAt)} – ${day(new Date(endsAt.getTime() - 1))}`;
}

function phaseAt({ startsAt, endsAt }: DiscountTerms, now: Date): DiscountTermsView["phase"] {
  if (startsAt > now) return "scheduled";
  return endsAt && endsAt <= now ? "ended" : "running";
}
