import type { Discount, DiscountTerms } from "#app/core/codes/discount.ts";
import { formatMoney } from "#app/core/money.ts";
import { timeFormats } from "../time-formats.server.ts";

/** A discount's terms in the words a merchant uses. */
export interface DiscountTermsView {
  value: string;
  items: string;
  purchases: string;
  buyers: string;
  dates: string;
  /** "running" follows from the dates alone: codes are made and registered apart from it. */
  phase: "scheduled" | "running" | "ended" | "deactivated" | "deleted";
  usageLimit: string;
  customers: string;
  minimum: string;
  combines: string;
  tags: string;
}

type Stated = DiscountTerms & Pick<Discount, "deactivatedAt" | "deletedAt">;

export function discountTermsView(
  terms: Stated,
  { timeZone, now }: { timeZone: string; now: Date },
): DiscountTermsView {
  const { usageLimit } = terms;
  return {
    value: valueText(terms),
    items: itemsText(terms),
    purchases: purchasesText(terms),
    buyers: buyersText(terms),
    dates: datesText(terms, timeZone),
    phase: phaseAt(terms, now),
    usageLimit: usageLimit === null ? "No limit" : `${counted(usageLimit, "use")} of each code`,
    customers: terms.oncePerCustomer ? "Once per customer" : "As often as they like",
    minimum: minimumText(terms),
    combines: combinesText(terms),
    tags: terms.tags.length === 0 ? "None" : terms.tags.join(", "),
  };
}

function valueText({ value, currency }: DiscountTerms): string {
  const money = (minor: number) => formatMoney({ minor, currency });
  switch (value.kind) {
    case "percentage":
      return `${value.basisPoints / 100}% off`;
    case "amount":
      return `${money(value.minor)} off`;
    case "amount-each":
      return `${money(value.minor)} off each item`;
    case "free-shipping": {
      const most =
        value.mostMinor === null ? "" : `, where it costs ${money(value.mostMinor)} at most`;
      return `Free shipping${most}`;
    }
    case "other":
      return "As set in Shopify";
  }
}

function itemsText({ items, value }: DiscountTerms): string {
  if (value.kind === "free-shipping") return "Shipping to all countries";
  if (items.kind === "all") return "All products";
  return "chosen" in items ? namesOf(items.chosen) : "As set in Shopify";
}

function buyersText({ buyers }: DiscountTerms): string {
  if (buyers.kind === "all") return "All customers";
  return "chosen" in buyers ? namesOf(buyers.chosen) : "As set in Shopify";
}

const MOST_NAMED = 5;

function namesOf(chosen: readonly { title: string }[]): string {
  const named = chosen.slice(0, MOST_NAMED).map(({ title }) => title);
  const more = chosen.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

function purchasesText({ purchases, cycles }: DiscountTerms): string {
  if (purchases === "one-time") return "One-time purchases";
  const times = cycles === null ? "all payments" : `the first ${counted(cycles, "payment")}`;
  return `${purchases === "both" ? "One-time purchases and subscriptions" : "Subscriptions"}, ${times}`;
}

function minimumText({ minimumMinor, minimumQuantity, currency }: DiscountTerms): string {
  if (minimumQuantity !== null) return counted(minimumQuantity, "item");
  return minimumMinor === null ? "None" : formatMoney({ minor: minimumMinor, currency });
}

function combinesText(terms: DiscountTerms): string {
  const kinds = [
    terms.combines ? "order" : "",
    terms.combinesProducts ? "product" : "",
    terms.combinesShipping ? "shipping" : "",
  ].filter((kind) => kind !== "");
  if (kinds.length === 0) return "Not with other discounts";
  return `With other ${kinds.join(", ").replace(/, (?=[^,]*$)/, " and ")} discounts`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function datesText({ startsAt, endsAt }: DiscountTerms, timeZone: string): string {
  const { day } = timeFormats(timeZone);
  if (!endsAt) return `From ${day(startsAt)}`;
  // The discount ends with its last day, so that its end is the next midnight.
  return `${day(startsAt)} – ${day(new Date(endsAt.getTime() - 1))}`;
}

function phaseAt(discount: Stated, now: Date): DiscountTermsView["phase"] {
  const { startsAt, endsAt, deactivatedAt, deletedAt } = discount;
  if (deletedAt) return "deleted";
  if (endsAt && endsAt <= now) return deactivatedAt ? "deactivated" : "ended";
  return startsAt > now ? "scheduled" : "running";
}
