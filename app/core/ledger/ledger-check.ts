import type { LedgerPeriod } from "./ledger-period.ts";
import type { Reconciliation } from "./reconciliation.ts";

/** Whether a period's orders were compared with Shopify's one by one: equal counts alone prove nothing. */
export interface LedgerCheck {
  /**
   * clean: nothing was missing or too many. due: no check has covered these days lately. beyond: none
   * goes so far back, and older orders are compared once they change.
   */
  state: "clean" | "found" | "due" | "beyond";
  /** Until when orders were compared; null where none were. */
  at: Date | null;
  /** What the newest check found missing, out of date or gone. */
  found: number;
}

interface Runs {
  /** The newest finished run over orders. */
  last: Reconciliation | null;
  /** The newest finished one over all that Shopify tells of; those since go on where it ended. */
  full: Reconciliation | null;
  /** The period begins before the days that any run goes back. */
  isBeyondReach: boolean;
}

/** Checks come each hour, leave the newest minutes out, and take a while themselves. */
const FRESH_MS = 2 * 3_600_000;

export function ledgerCheck(
  { last, full, isBeyondReach }: Runs,
  period: LedgerPeriod,
  now: Date,
): LedgerCheck {
  if (isBeyondReach) return { state: "beyond", at: null, found: 0 };
  const until = Math.min(period.to.getTime(), now.getTime() - FRESH_MS);
  const covers = full !== null && full.from <= period.from;
  if (!last || !covers || last.to.getTime() < until) return { state: "due", at: null, found: 0 };
  return { state: last.found === 0 ? "clean" : "found", at: last.to, found: last.found };
}
