import type { Reconciliation } from "./reconciliation.ts";

const HOUR_MS = 3_600_000;
/** impact.com lists the actions of 45 days at most in one query (impact.md §2.4). */
const WINDOW_MS = 45 * 24 * HOUR_MS;
/** And ten pages of them at most; a window with more is halved (impact.md §1). */
export const MOST_PAGES = 10;

export interface ActionPlace {
  programId: string;
  from: Date;
  to: Date;
  /** How long the windows from here on are: shorter once one held too much. */
  spanMs: number;
  page: number;
}

type Period = Pick<Reconciliation, "from" | "to">;

/** Where a run goes on; null where it was begun for another program, or there is none. */
export function placeOf(
  run: Period & Pick<Reconciliation, "cursor">,
  programId: string | null,
): ActionPlace | null {
  if (programId === null) return null;
  const start = { programId, from: run.from, spanMs: WINDOW_MS, page: 1 };
  if (run.cursor === null) return withEnd(run, start);
  const [begunFor, ...numbers] = run.cursor.split("/");
  if (begunFor !== programId) return null;
  const [from, spanMs, page] = numbers.map(Number);
  // An earlier version of this app wrote less: its run begins anew.
  if (from === undefined || !spanMs || !page) return withEnd(run, start);
  return withEnd(run, { programId, from: new Date(from), spanMs, page });
}

/** The cursor of the page after this one; null after the last page of the last window. */
export function placeAfter(run: Period, place: ActionPlace, pages: number): string | null {
  if (place.page < pages) return cursorOf({ ...place, page: place.page + 1 });
  return place.to < run.to ? cursorOf({ ...place, from: place.to, page: 1 }) : null;
}

/** The cursor of this window's first half; null where it is as short as windows get. */
export function halfOf(place: ActionPlace): string | null {
  const spanMs = Math.ceil((place.to.getTime() - place.from.getTime()) / 2);
  return spanMs < HOUR_MS ? null : cursorOf({ ...place, spanMs, page: 1 });
}

function cursorOf({ programId, from, spanMs, page }: Omit<ActionPlace, "to">): string {
  return `${programId}/${from.getTime()}/${spanMs}/${page}`;
}

function withEnd({ to }: Period, place: Omit<ActionPlace, "to">): ActionPlace {
  const end = Math.min(place.from.getTime() + place.spanMs, to.getTime());
  return { ...place, to: new Date(end) };
}
