/** The days a ledger is read for: instants [from, to) and how the choice is told again. */
export interface LedgerPeriod {
  from: Date;
  to: Date;
  /** First and last day in the shop's time zone: 2026-11-23. */
  firstDay: string;
  lastDay: string;
  /** Of a period that ends today; null for one between two dates. */
  days: PeriodDays | null;
}

export const PERIOD_DAYS = [1, 7, 30, 60, 90] as const;
export type PeriodDays = (typeof PERIOD_DAYS)[number];

export type PeriodChoice = { days: PeriodDays } | { firstDay: string; lastDay: string };

/** Today is the last of so many days. Dates are in the shop's time zone, and both are part of it. */
export function ledgerPeriod(choice: PeriodChoice, now: Date, timeZone: string): LedgerPeriod {
  if ("days" in choice) {
    const lastDay = dayAt(now, timeZone);
    const firstDay = addDays(lastDay, 1 - choice.days);
    return { ...between(firstDay, lastDay, timeZone), days: choice.days };
  }
  return { ...daysBetween(choice, timeZone), days: null };
}

/** From the first instant of the one day to the last of the other, in whichever order they are. */
export function daysBetween(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  timeZone: string,
): Omit<LedgerPeriod, "days"> {
  const [first, last] = firstDay <= lastDay ? [firstDay, lastDay] : [lastDay, firstDay];
  return between(first, last, timeZone);
}

/** A day as date fields write it, between the years 2000 and 2999. */
export function isDay(text: string): boolean {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The day it is there: 2026-11-23. */
export function dayAt(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** The first instant of a day there; on some days clocks skip midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  const noonUtc = new Date(`${day}T12:00:00Z`).getTime();
  // No zone is more than 14 hours off: the day's start lies between these.
  let before = noonUtc - 27 * HOUR_MS;
  let after = noonUtc + 15 * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayAt(new Date(middle), timeZone) < day) before = middle;
    else after = middle;
  }
  return new Date(after);
}

const HOUR_MS = 3_600_000;

function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function between(firstDay: string, lastDay: string, timeZone: string) {
  const from = startOfDay(firstDay, timeZone);
  const to = startOfDay(addDays(lastDay, 1), timeZone);
  return { from, to, firstDay, lastDay };
}
