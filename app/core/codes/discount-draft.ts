import { TZDate } from "@date-fns/tz";
import { parseMoney } from "../money.ts";
import type { DiscountTerms, DiscountValue } from "./discount.ts";
import type { TypedCode } from "./check-codes.ts";

/** The New discount form, field by field as the merchant typed it. */
export interface DiscountDraft {
  title: string;
  valueKind: "percentage" | "amount";
  value: string;
  /** yyyy-mm-dd, a day in the shop's time zone. */
  startsOn: string;
  /** Last day of the discount; "" is without end. */
  endsOn: string;
  /** "" is without limit. */
  usageLimit: string;
  oncePerCustomer: boolean;
  combines: boolean;
  /** "" is without minimum. */
  minimum: string;
  codes: TypedCode[];
}

export type DraftField =
  Exclude<keyof DiscountDraft, "codes" | "oncePerCustomer" | "combines" | "valueKind"> | "partners";

export interface FieldProblem {
  field: DraftField;
  message: string;
}

const LONGEST_TITLE = 255;

/**
 * Reads the form into terms. Every field that can't be read has its own sentence.
 * Days become instants in the shop's time zone: the discount ends with its last day.
 */
export function readDiscountDraft(
  draft: DiscountDraft,
  shop: { currency: string; timeZone: string; now: Date },
): { terms: DiscountTerms; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const complain = (field: DraftField, message: string) => problems.push({ field, message });

  const title = draft.title.trim();
  if (title === "") complain("title", "Give the discount a name, for yourself.");
  if (title.length > LONGEST_TITLE) complain("title", `Use at most ${LONGEST_TITLE} characters.`);
  if (draft.codes.length === 0) complain("partners", "Choose at least one partner.");

  const value = readValue(draft, shop.currency, (message) => complain("value", message));
  const { startsAt, endsAt } = readDates(draft, shop, complain);
  const usageLimit = readLimit(draft.usageLimit, (message) => complain("usageLimit", message));
  const minimumMinor = readMinimum(draft.minimum, shop.currency, (m) => complain("minimum", m));

  const terms = {
    title,
    value,
    currency: shop.currency,
    startsAt,
    endsAt,
    usageLimit,
    oncePerCustomer: draft.oncePerCustomer,
    combines: draft.combines,
    minimumMinor,
  };
  return { terms, problems };
}

type Complain = (message: string) => void;

function readValue(draft: DiscountDraft, currency: string, complain: Complain): DiscountValue {
  if (draft.valueKind === "amount") {
    const amount = parseMoney(draft.value, currency);
    if (!amount.ok) complain(amount.problem.message);
    else if (amount.value.minor <= 0) complain("Enter an amount above zero.");
    return { kind: "amount", minor: amount.ok ? amount.value.minor : 0 };
  }
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(draft.value.trim().replace(/%$/, "").trim());
  const basisPoints = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : 0;
  if (basisPoints < 1 || basisPoints > 10_000) {
    complain("Enter a percentage from 0.01 to 100, with at most two decimals.");
  }
  return { kind: "percentage", basisPoints };
}

function readDates(
  draft: DiscountDraft,
  { timeZone, now }: { timeZone: string; now: Date },
  complain: (field: DraftField, message: string) => void,
): { startsAt: Date; endsAt: Date | null } {
  const start = readDay(draft.startsOn, timeZone);
  if (!start) complain("startsOn", "Enter the first day as year-month-day, like 2026-01-31.");
  // A discount that starts today starts now, so that its codes work at once.
  const startsAt = start && start > now ? start : now;
  if (draft.endsOn.trim() === "") return { startsAt, endsAt: null };

  const lastDay = readDay(draft.endsOn, timeZone, 1);
  if (!lastDay) complain("endsOn", "Enter the last day as year-month-day, like 2026-01-31.");
  else if (lastDay <= startsAt)
    complain("endsOn", "The last day must not lie before the first day or today.");
  return { startsAt, endsAt: lastDay };
}

/** Midnight in the shop's time zone on that day, or `daysLater` days on; null for no such day. */
export function readDay(text: string, timeZone: string, daysLater = 0): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]) - 1, Number(match[3])];
  const inCalendar = new Date(Date.UTC(year, month, day));
  if (inCalendar.getUTCMonth() !== month || inCalendar.getUTCDate() !== day) return null;
  return new Date(new TZDate(year, month, day + daysLater, timeZone).getTime());
}

function readLimit(text: string, complain: Complain): number | null {
  if (text.trim() === "") return null;
  const limit = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (limit < 1) complain("Enter a whole number of uses, or leave it empty.");
  return limit;
}

function readMinimum(text: string, currency: string, complain: Complain): number | null {
  if (text.trim() === "") return null;
  const amount = parseMoney(text, currency);
  if (!amount.ok) complain(amount.problem.message);
  else if (amount.value.minor <= 0) complain("Enter an amount above zero, or leave it empty.");
  return amount.ok ? amount.value.minor : null;
}
