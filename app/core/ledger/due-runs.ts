import { comparedMs, oldestAtShopify, type Reconciliation } from "./reconciliation.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a run that was meant to cover all that Shopify tells of is at least. */
export function fullMs(sight: { seesAllOrders: boolean }): number {
  return comparedMs(sight) - DAY_MS;
}

/** A planner that comes a little early still finds the hour or the day over. */
const EARLY_MS = 5 * MINUTE_MS;
/** Webhooks of the newest orders are still on their way. */
const SETTLING_MS = 5 * MINUTE_MS;
const OVERLAP_MS = 10 * MINUTE_MS;
const USUAL_MS = 3 * HOUR_MS;
const ACTION_DAYS = 90;
/** Without progress for so long, a run has lost its job: waits between two tries are an hour at most. */
const STALE_MS = 1.25 * HOUR_MS;

interface Runs {
  /** Newest finished run over orders, however long its period was. */
  orders: Reconciliation | null;
  /** Newest finished one over all the days that Shopify tells of. */
  full: Reconciliation | null;
  actions: Reconciliation | null;
}

export type DueRun = Pick<Reconciliation, "kind" | "from" | "to">;

/** Which runs a shop is due for. Orders hourly, all of them daily, actions daily where it reports. */
export function dueRuns(
  runs: Runs,
  { hasProgram, seesAllOrders }: { hasProgram: boolean; seesAllOrders: boolean },
  now: Date,
): DueRun[] {
  const due: DueRun[] = [];
  const to = new Date(now.getTime() - SETTLING_MS);
  if (isOver(runs.full, DAY_MS, now)) {
    const from = new Date(now.getTime() - comparedMs({ seesAllOrders }));
    due.push({ kind: "orders", from, to });
  } else if (isOver(runs.orders, HOUR_MS, now)) {
    due.push({ kind: "orders", from: hourlyFrom(runs.orders, now), to });
  }
  if (hasProgram && isOver(runs.actions, DAY_MS, now)) {
    due.push({ kind: "actions", ...actionsPeriod(now) });
  }
  return due;
}

/** The days of impact.com's actions that are compared. */
export function actionsPeriod(now: Date): { from: Date; to: Date } {
  return { from: new Date(now.getTime() - ACTION_DAYS * DAY_MS), to: now };
}

/** Nobody has read a page of it, or tried to, for longer than two tries are ever apart. */
export function isStale({ progressAt }: Pick<Reconciliation, "progressAt">, now: Date): boolean {
  return now.getTime() - progressAt.getTime() > STALE_MS;
}

/** The last hours, or from a little before where the last run ended if that is longer ago. */
function hourlyFrom(last: Reconciliation | null, now: Date): Date {
  const usual = now.getTime() - USUAL_MS;
  const lastEnd = (last?.to.getTime() ?? usual) - OVERLAP_MS;
  return new Date(Math.max(Math.min(usual, lastEnd), oldestAtShopify(now).getTime()));
}

function isOver(last: Reconciliation | null, everyMs: number, now: Date): boolean {
  return last === null || now.getTime() - last.startedAt.getTime() >= everyMs - EARLY_MS;
}
