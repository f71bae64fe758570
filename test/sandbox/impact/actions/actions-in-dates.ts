import { derived } from "#test/sandbox/derived.ts";
import { days } from "../days.ts";
import type { Action } from "../state.ts";

/** An action with what of it never changes; times in milliseconds. */
interface Placed {
  action: Action;
  eventAt: number;
  createdAt: number;
  /** In the order of crediting. */
  place: number;
}

const byEventDate = derived(
  (): Placed[] => [],
  (sorted, action: Action, place) => {
    const [eventAt, createdAt] = [action.eventDate.getTime(), action.createdAt.getTime()];
    sorted.splice(countUpTo(sorted, eventAt), 0, { action, eventAt, createdAt, place });
  },
);

/**
 * The actions that GET /Actions means by its dates, the newest first. StartDate and EndDate are about
 * the last update; without any date the past 7 days are meant.
 */
export function actionsInDates(
  actions: readonly Action[],
  query: URLSearchParams,
  now: Date,
): Action[] {
  const isNamed = [...query.keys()].some((name) => name.includes("Date"));
  const updated = isNamed
    ? rangeOf(query, "StartDate", "EndDate")
    : { from: now.getTime() - days(7), to: Infinity };
  const event = rangeOf(query, "ActionDateStart", "ActionDateEnd");
  const locking = rangeOf(query, "LockingDateStart", "LockingDateEnd");
  const sorted = byEventDate(actions);
  return sorted
    .slice(countUpTo(sorted, event.from - 1), countUpTo(sorted, event.to))
    .filter(({ action }) => isIn(updated, action.updatedAt) && isIn(locking, action.lockingDate))
    .sort((a, b) => b.createdAt - a.createdAt || a.place - b.place)
    .map(({ action }) => action);
}

interface Range {
  /** Milliseconds, both included. */
  from: number;
  to: number;
}

function rangeOf(query: URLSearchParams, from: string, to: string): Range {
  const [start, end] = [query.get(from), query.get(to)];
  return {
    from: start === null ? -Infinity : Date.parse(start),
    to: end === null ? Infinity : Date.parse(end),
  };
}

function isIn({ from, to }: Range, date: Date): boolean {
  return date.getTime() >= from && date.getTime() <= to;
}

/** How many of them happened up to that moment. */
function countUpTo(sorted: readonly Placed[], time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.eventAt ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
