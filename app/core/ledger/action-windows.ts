import type { Reconciliation } from "./reconciliation.ts";

/** impact.com lists the actions of 45 days at most in one query (impact.md §2.4). */
const WINDOW_MS = 45 * 86_400_000;

export interface ActionPlace {
  programId: string;
  /** Which of the run's windows, from 0. */
  window: number;
  from: Date;
  to: Date;
  page: number;
}

type Period = Pick<Reconciliation, "from" | "to">;

/** Where a run goes on; null where it was begun for another program, or there is none. */
export function placeOf(
  run: Period & Pick<Reconciliation, "cursor">,
  programId: string | null,
): ActionPlace | null {
  if (programId === null) return null;
  if (run.cursor === null) return { programId, window: 0, page: 1, ...windowOf(run, 0) };
  const [begunFor, window, page] = run.cursor.split("/");
  if (begunFor !== programId) return null;
  const number = Number(window);
  return { programId, window: number, page: Number(page), ...windowOf(run, number) };
}

/** The cursor of the page after this one; null after the last page of the last window. */
export function placeAfter(run: Period, place: ActionPlace, pages: number): string | null {
  const { programId, window, page } = place;
  if (page < pages) return `${programId}/${window}/${page + 1}`;
  return place.to < run.to ? `${programId}/${window + 1}/1` : null;
}

function windowOf({ from, to }: Period, window: number): { from: Date; to: Date } {
  const start = from.getTime() + window * WINDOW_MS;
  return { from: new Date(start), to: new Date(Math.min(start + WINDOW_MS, to.getTime())) };
}
