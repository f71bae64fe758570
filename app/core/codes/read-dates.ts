import { TZDate } from "@date-fns/tz";
import { isoDay } from "../zoned-time.ts";
import type { DiscountTerms } from "./discount.ts";
import type { Complain, ShopNow, TermsDraft } from "./terms-draft.ts";

type Dates = Pick<DiscountTerms, "startsAt" | "endsAt">;

/** Days become instants in the shop's time zone: the discount ends with its last day. */
export function readDates(
  draft: Pick<TermsDraft, "startsOn" | "endsOn">,
  shop: ShopNow,
  before: Dates | null,
  complain: Complain,
): Dates {
  const startsAt = readStart(draft.startsOn, shop, before, complain);
  if (draft.endsOn.trim() === "") return { startsAt, endsAt: null };
  // Left alone: Shopify may have given it another hour than midnight, and it may be past.
  if (before && draft.endsOn === lastDayOf(before, shop.timeZone)) {
    return { startsAt, endsAt: before.endsAt };
  }
  const endsAt = readDay(draft.endsOn, shop.timeZone, 1);
  if (!endsAt) complain("endsOn", "Enter the last day as year-month-day, like 2026-01-31.");
  else if (endsAt <= startsAt || endsAt <= shop.now)
    complain("endsOn", "The last day must not lie before the first day or today.");
  return { startsAt, endsAt };
}

function readStart(
  text: string,
  { timeZone, now }: ShopNow,
  before: Dates | null,
  complain: Complain,
): Date {
  // What has begun began when it did: its orders show it.
  if (before && before.startsAt <= now) return before.startsAt;
  if (before && text === isoDay(before.startsAt, timeZone)) return before.startsAt;
  const start = readDay(text, timeZone);
  if (!start) complain("startsOn", "Enter the first day as year-month-day, like 2026-01-31.");
  // A discount that starts today starts now, so that its codes work at once.
  return start && start > now ? start : now;
}

/** The last day as its field has it; "" where there is no end. It ends with that day's midnight. */
export function lastDayOf({ endsAt }: Pick<Dates, "endsAt">, timeZone: string): string {
  return endsAt === null ? "" : isoDay(new Date(endsAt.getTime() - 1), timeZone);
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
