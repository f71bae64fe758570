import { toDecimal } from "../money.ts";
import { isoDay } from "../zoned-time.ts";
import type { DiscountTerms, DiscountValue } from "./discount.ts";
import { lastDayOf } from "./read-dates.ts";
import type { TermsDraft } from "./terms-draft.ts";

/** The form as it opens for a new discount. */
export function emptyDraft(today: string): TermsDraft {
  return {
    title: "",
    valueKind: "percentage",
    value: "",
    mostShipping: "",
    itemsKind: "all",
    items: [],
    buyersKind: "all",
    segments: [],
    purchases: "one-time",
    cycles: "",
    startsOn: today,
    endsOn: "",
    usageLimit: "",
    oncePerCustomer: false,
    combines: false,
    combinesProducts: false,
    combinesShipping: false,
    minimumKind: "subtotal",
    minimum: "",
    tags: "",
  };
}

/** The form as it opens for terms that this app can say: read again, it gives the same terms. */
export function draftOfTerms(terms: DiscountTerms, timeZone: string): TermsDraft {
  const { items, buyers } = terms;
  return {
    ...emptyDraft(isoDay(terms.startsAt, timeZone)),
    title: terms.title,
    ...valueDraft(terms.value, terms.currency),
    ...("chosen" in items && { itemsKind: items.kind, items: items.chosen }),
    ...("chosen" in buyers && { buyersKind: buyers.kind, segments: buyers.chosen }),
    purchases: terms.purchases,
    cycles: numberText(terms.cycles),
    endsOn: lastDayOf(terms, timeZone),
    usageLimit: numberText(terms.usageLimit),
    oncePerCustomer: terms.oncePerCustomer,
    combines: terms.combines,
    combinesProducts: terms.combinesProducts,
    combinesShipping: terms.combinesShipping,
    ...minimumDraft(terms),
    tags: terms.tags.join(", "),
  };
}

function valueDraft(
  value: DiscountValue,
  currency: string,
): Pick<TermsDraft, "valueKind"> & Partial<TermsDraft> {
  const money = (minor: number) => toDecimal({ minor, currency });
  switch (value.kind) {
    case "percentage":
      return { valueKind: value.kind, value: String(value.basisPoints / 100) };
    case "amount":
    case "amount-each":
      return { valueKind: value.kind, value: money(value.minor) };
    case "free-shipping": {
      const mostShipping = value.mostMinor === null ? "" : money(value.mostMinor);
      return { valueKind: value.kind, mostShipping };
    }
    case "other":
      throw new Error("only Shopify's own admin can say these terms");
  }
}

function minimumDraft(terms: DiscountTerms): Pick<TermsDraft, "minimumKind" | "minimum"> {
  const { minimumMinor: minor, minimumQuantity, currency } = terms;
  if (minimumQuantity !== null) return { minimumKind: "quantity", minimum: `${minimumQuantity}` };
  return { minimumKind: "subtotal", minimum: minor === null ? "" : toDecimal({ minor, currency }) };
}

function numberText(number: number | null): string {
  return number === null ? "" : String(number);
}
