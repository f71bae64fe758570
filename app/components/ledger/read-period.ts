import { isDay, PERIOD_DAYS, type PeriodChoice } from "#app/core/ledger/ledger-period.ts";

/** From an address that may have been typed by hand; null where it names no period. */
export function periodIn(query: URLSearchParams): PeriodChoice | null {
  const firstDay = query.get("from") ?? "";
  const lastDay = query.get("to") ?? "";
  if (isDay(firstDay) && isDay(lastDay)) return { firstDay, lastDay };
  const days = PERIOD_DAYS.find((each) => `${each}` === query.get("days"));
  return days ? { days } : null;
}
