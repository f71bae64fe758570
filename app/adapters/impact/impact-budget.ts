import type { ImpactPriority, ImpactProblem } from "#app/core/ports/impact.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { RawSql } from "../postgres/raw-sql.ts";
import { createBudgetLine } from "./budget-line.ts";
import { countFailure, endPause } from "./impact-pause.ts";
import { givesWay, paused, rateLimited } from "./impact-problems.ts";
import { BEHIND, GROWTH, KEPT_BACK, MOST_AHEAD, OF_MANY } from "./kept-back.ts";
import { readRateLimit, type RateLimit } from "./rate-limit-headers.ts";
import {
  DEFAULT_PER_HOUR,
  HOUR_MS,
  mindsPause,
  reserve,
  type Reserved,
} from "./reserve-requests.ts";

/** What an account may still ask of impact.com this hour, shared by every process. */
export interface ImpactBudget {
  spend(accountSid: string, priority: ImpactPriority): Promise<Result<null, ImpactProblem>>;
  /**
   * Takes in that impact.com has answered, and what it says of its limit; gives back when that
   * resets, where it says so.
   */
  observe(accountSid: string, headers: Pick<Headers, "get">): Promise<Date | null>;
  /** How many requests of a kind fit into an hour of the account's, if those above it need theirs. */
  perHour(accountSid: string, priority: ImpactPriority): Promise<number>;
  /** Takes in that impact.com could not be reached, or answered with a 5xx. */
  failed(accountSid: string): Promise<void>;
}

/** Whoever has given way asks again by then. */
const GIVES_WAY_MS = OF_MANY.lastPart * HOUR_MS;

/** What of impact.com's limit is written down is newer than this, unless something has happened. */
const OBSERVED_MS = 1_000;
/** Below this much of the hour every answer is written down. */
const SCARCE = 0.1;

/** What this process last knew of an account. */
interface Known {
  perHour: number;
  resetsAt: Date;
  observedAt: number;
  /** Something has happened that the next answer must be written down for. */
  isNews: boolean;
}

type Spent = Result<null, ImpactProblem>;

export function createImpactBudget(sql: RawSql, clock: { now(): Date }): ImpactBudget {
  const lines = new Map<string, () => Promise<Spent>>();
  const known = new Map<string, Known>();

  const spendMany = async (accountSid: string, priority: ImpactPriority, wanted: number) => {
    const now = clock.now();
    const row = await reserve(sql, { accountSid, priority, wanted, now });
    const before = known.get(accountSid);
    const isNews = before?.isNews !== false || row.failures > 0 || before.resetsAt <= now;
    const { perHour, resetsAt } = row;
    known.set(accountSid, { perHour, resetsAt, observedAt: before?.observedAt ?? 0, isNews });
    const refused = whyRefused(priority, row, now);
    return Array.from({ length: wanted }, (_, index): Spent =>
      index < row.granted ? success(null) : failure(refused),
    );
  };

  return {
    spend(accountSid, priority) {
      const name = `${priority} ${accountSid}`;
      const line =
        lines.get(name) ?? createBudgetLine((wanted) => spendMany(accountSid, priority, wanted));
      lines.set(name, line);
      return line();
    },

    async observe(accountSid, headers) {
      const now = clock.now();
      const limit = readRateLimit(headers, now);
      const before = known.get(accountSid);
      if (before && !isWorthWriting(before, limit, now)) return limit?.resetsAt ?? null;
      if (before) known.set(accountSid, { ...before, observedAt: now.getTime(), isNews: false });
      if (limit) await writeLimit(sql, accountSid, limit);
      else await endPause(sql, accountSid);
      return limit?.resetsAt ?? null;
    },

    async perHour(accountSid, priority) {
      const [row] = await sql.$queryRaw<{ perHour: number; needed: number }[]>`
        SELECT "perHour", GREATEST("ahead", "aheadBefore") AS "needed" FROM "ImpactBudget" WHERE "accountSid" = ${accountSid}`;
      const { perHour, needed } = row ?? { perHour: DEFAULT_PER_HOUR, needed: 0 };
      const ahead = BEHIND.has(priority) ? needed * GROWTH : 0;
      const kept = Math.max(KEPT_BACK[priority] * perHour, Math.min(ahead, MOST_AHEAD * perHour));
      return Math.max(1, Math.floor(perHour - kept));
    },

    async failed(accountSid) {
      const before = known.get(accountSid);
      if (before) known.set(accountSid, { ...before, isNews: true });
      await countFailure(sql, accountSid, clock.now());
    },
  };
}

function whyRefused(priority: ImpactPriority, row: Reserved, now: Date): ImpactProblem {
  const { pausedUntil, resetsAt, givesWay: isLeft } = row;
  if (mindsPause(priority) && pausedUntil !== null && pausedUntil > now) return paused(pausedUntil);
  const soon = new Date(now.getTime() + GIVES_WAY_MS);
  return isLeft && soon < resetsAt ? givesWay(soon) : rateLimited(resetsAt);
}

function isWorthWriting(known: Known, limit: RateLimit | null, now: Date): boolean {
  const isDue = now.getTime() >= known.observedAt + OBSERVED_MS;
  if (known.isNews || isDue || !limit) return known.isNews || isDue;
  const { perHour, remaining } = limit;
  const isOther = perHour !== null && perHour !== known.perHour;
  return isOther || remaining === null || remaining <= SCARCE * known.perHour;
}

async function writeLimit(sql: RawSql, accountSid: string, limit: RateLimit): Promise<void> {
  const { perHour, remaining, resetsAt } = limit;
  await sql.$executeRaw`
    UPDATE "ImpactBudget"
    SET "perHour" = COALESCE(${perHour}::int, "perHour"),
        -- Our own count stands, unless it was of a limit this account does not have.
        "remaining" = CASE WHEN "perHour" <> COALESCE(${perHour}::int, "perHour")
                           THEN COALESCE(${remaining}::int, "remaining")
                           ELSE LEAST("remaining", COALESCE(${remaining}::int, "remaining")) END,
        "resetsAt" = COALESCE(${resetsAt}::timestamptz, "resetsAt"),
        "failures" = 0, "pausedUntil" = NULL
    WHERE "accountSid" = ${accountSid}`;
}
