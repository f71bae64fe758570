import { parseMoney } from "../money.ts";
import type { DiscountTerms, DiscountValue } from "./discount.ts";
import { readDates } from "./read-dates.ts";
import { readDetails } from "./read-details.ts";
import type { Complain, ShopNow, TermsDraft, TermsProblem } from "./terms-draft.ts";

const LONGEST_TITLE = 255;

/**
 * Reads a form into terms. Every field that can't be read has its own sentence. `before` are the terms
 * of a discount that is edited: what began keeps its begin, and an end that is left alone may be past.
 */
export function readTerms(
  draft: TermsDraft,
  shop: ShopNow,
  before: DiscountTerms | null = null,
): { terms: DiscountTerms; problems: TermsProblem[] } {
  const problems: TermsProblem[] = [];
  const complain: Complain = (field, message) => problems.push({ field, message });
  const title = draft.title.trim();
  if (title === "") complain("title", "Give the discount a name, for yourself.");
  if (title.length > LONGEST_TITLE) complain("title", `Use at most ${LONGEST_TITLE} characters.`);
  const terms = {
    title,
    value: readValue(draft, shop.currency, complain),
    currency: shop.currency,
    ...readDates(draft, shop, before, complain),
    usageLimit: readCount(draft.usageLimit, "uses", (message) => complain("usageLimit", message)),
    oncePerCustomer: draft.oncePerCustomer,
    combines: draft.combines,
    ...readMinimum(draft, shop.currency, complain),
    ...readDetails(draft, complain),
  };
  return { terms, problems };
}

function readValue(draft: TermsDraft, currency: string, complain: Complain): DiscountValue {
  switch (draft.valueKind) {
    case "free-shipping": {
      if (draft.mostShipping.trim() === "") return { kind: "free-shipping", mostMinor: null };
      const say = (message: string) => complain("mostShipping", message);
      const mostMinor = readAmount(
        draft.mostShipping,
        currency,
        "Enter an amount above zero, or leave it empty.",
        say,
      );
      return { kind: "free-shipping", mostMinor };
    }
    case "amount":
    case "amount-each": {
      const say = (message: string) => complain("value", message);
      const minor = readAmount(draft.value, currency, "Enter an amount above zero.", say) ?? 0;
      return { kind: draft.valueKind, minor };
    }
    case "percentage":
      return readPercentage(draft.value, complain);
  }
}

function readPercentage(text: string, complain: Complain): DiscountValue {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim().replace(/%$/, "").trim());
  const basisPoints = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : 0;
  if (basisPoints < 1 || basisPoints > 10_000) {
    complain("value", "Enter a percentage from 0.01 to 100, with at most two decimals.");
  }
  return { kind: "percentage", basisPoints };
}

/** Minor units; null where it can't be read or is nothing. */
function readAmount(
  text: string,
  currency: string,
  nothing: string,
  complain: (message: string) => void,
): number | null {
  const amount = parseMoney(text, currency);
  if (!amount.ok) complain(amount.problem.message);
  else if (amount.value.minor <= 0) complain(nothing);
  return amount.ok ? amount.value.minor : null;
}

/** A whole number of something; null where the field is empty. */
function readCount(text: string, what: string, complain: (message: string) => void): number | null {
  if (text.trim() === "") return null;
  const count = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (count < 1) complain(`Enter a whole number of ${what}, or leave it empty.`);
  return count;
}

function readMinimum(
  { minimum, minimumKind }: TermsDraft,
  currency: string,
  complain: Complain,
): Pick<DiscountTerms, "minimumMinor" | "minimumQuantity"> {
  const say = (message: string) => complain("minimum", message);
  if (minimumKind === "quantity") {
    return { minimumMinor: null, minimumQuantity: readCount(minimum, "items", say) };
  }
  const nothing = "Enter an amount above zero, or leave it empty.";
  const minimumMinor = minimum.trim() === "" ? null : readAmount(minimum, currency, nothing, say);
  return { minimumMinor, minimumQuantity: null };
}
