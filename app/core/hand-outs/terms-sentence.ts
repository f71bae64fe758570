import type { DiscountTerms } from "../codes/discount.ts";
import { formatMoney } from "../money.ts";

/**
 * What a customer gets for a code, in one sentence for whoever tells others of it: "15% off orders of
 * at least $30.00, once per customer, until December 31, 2026 (Eastern Time)." Days are the shop's.
 */
export function termsSentence(
  terms: DiscountTerms,
  { timeZone, now }: { timeZone: string; now: Date },
): string {
  const { startsAt, endsAt, usageLimit } = terms;
  const zone = zoneName(timeZone, now);
  const start = startsAt > now ? `from ${startText(startsAt, timeZone)}` : null;
  const end = endsAt ? `until ${endText(endsAt, timeZone)}` : null;
  const dates = [start, end].filter((part) => part !== null).join(" ");
  const parts = [
    `${valueText(terms)}${itemsText(terms)}${minimumText(terms)}`,
    terms.purchases === "subscription" && "on subscriptions only",
    terms.cycles !== null && `for the first ${paymentsText(terms.cycles)} of a subscription`,
    terms.buyers.kind !== "all" && "for selected customers",
    terms.oncePerCustomer && "once per customer",
    usageLimit !== null &&
      (usageLimit === 1 ? "for one order" : `for the first ${count(usageLimit)} orders`),
    !terms.combines && "not together with other order discounts",
    dates !== "" && `${dates} (${zone})`,
  ];
  return `${parts.filter((part) => part !== false).join(", ")}.`;
}

function valueText({ value, currency, title }: DiscountTerms): string {
  if (value.kind === "percentage") return `${value.basisPoints / 100}% off`;
  const say = (minor: number) => formatMoney({ minor, currency });
  if (value.kind === "amount") return `${say(value.minor)} off`;
  if (value.kind === "amount-each") return `${say(value.minor)} off each item`;
  if (value.kind === "other") return `The discount “${title}”`;
  return value.mostMinor === null
    ? "Free shipping"
    : `Free shipping where it costs at most ${say(value.mostMinor)}`;
}

/** So many are named; more would be no sentence any more. */
const MOST_NAMED = 3;

function itemsText({ items }: DiscountTerms): string {
  if (!("chosen" in items)) return items.kind === "all" ? "" : " on selected items";
  if (items.chosen.length > MOST_NAMED) return ` on selected ${items.kind}`;
  const names = items.chosen.map(({ title }) => title);
  return ` on ${new Intl.ListFormat("en", { type: "conjunction" }).format(names)}`;
}

function minimumText({ minimumMinor, minimumQuantity, currency, items }: DiscountTerms): string {
  if (minimumQuantity !== null) return ` when buying at least ${itemCount(minimumQuantity)}`;
  if (minimumMinor === null) return "";
  const least = formatMoney({ minor: minimumMinor, currency });
  return items.kind === "all"
    ? ` orders of at least ${least}`
    : ` when buying for at least ${least}`;
}

function itemCount(number: number): string {
  return number === 1 ? "one item" : `${count(number)} items`;
}

function paymentsText(number: number): string {
  return number === 1 ? "payment" : `${count(number)} payments`;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

function startText(at: Date, timeZone: string): string {
  return isMidnight(at, timeZone) ? dayText(at, timeZone) : minuteText(at, timeZone);
}

/** A discount that ends at midnight ends with the day before. */
function endText(at: Date, timeZone: string): string {
  if (!isMidnight(at, timeZone)) return minuteText(at, timeZone);
  return dayText(new Date(at.getTime() - 1), timeZone);
}

function isMidnight(at: Date, timeZone: string): boolean {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" });
  return format.format(at) === "00:00:00";
}

function dayText(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "long" }).format(at);
}

function minuteText(at: Date, timeZone: string): string {
  const format = { timeZone, dateStyle: "long", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("en-US", format).format(at).replace(" at ", ", ");
}

/** Eastern Time, Japan Standard Time: whoever reads it need not know the shop's place. */
function zoneName(timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longGeneric" });
  const part = format.formatToParts(at).find(({ type }) => type === "timeZoneName");
  return part?.value ?? timeZone;
}
