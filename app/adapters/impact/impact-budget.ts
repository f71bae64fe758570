import type { ImpactPriority, ImpactProblem } from "#app/core/ports/impact.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { RawSql } from "../postgres/raw-sql.ts";
import { createBudgetLine } from "./budget-line.ts";
import { countFailure, endPause, probeUntil } from "./impact-pause.ts";
import { paused, rateLimited } from "./impact-problems.ts";
import { BEHIND, GROWTH, KEPT_BACK, MOST_AHEAD } from "./kept-back.ts";
import { readRateLimit, type RateLimit } from "./rate-limit-headers.ts";

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

/** impact.com's documented default (reference/impact.md, section 1). */
const DEFAULT_PER_HOUR = 1_000;
const HOUR_MS = 3_600_000;

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
    const { perHour, resetsAt, pausedUntil } = row;
    known.set(accountSid, { perHour, resetsAt, observedAt: before?.observedAt ?? 0, isNews });
    const isPaused = mindsPause(priority) && pausedUntil !== null && pausedUntil > now;
    const refused = isPaused ? paused(pausedUntil) : rateLimited(resetsAt);
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

/** A read may be a merchant's who waits for the answer, and shows early that impact.com is back. */
function mindsPause(priority: ImpactPriority): boolean {
  return priority !== "read" && priority !== "asked";
}

function isWorthWriting(known: Known, limit: RateLimit | null, now: Date): boolean {
  const isDue = now.getTime() >= known.observedAt + OBSERVED_MS;
  if (known.isNews || isDue || !limit) return known.isNews || isDue;
  const { perHour, remaining } = limit;
  const isOther = perHour !== null && perHour !== known.perHour;
  return isOther || remaining === null || remaining <= SCARCE * known.perHour;
}

interface Reserved {
  granted: number;
  perHour: number;
  resetsAt: Date;
  pausedUntil: Date | null;
  failures: number;
}

interface Wanted {
  accountSid: string;
  priority: ImpactPriority;
  wanted: number;
  now: Date;
}

/** Spends as many of the wanted requests as may be asked; after a pause one tries. */
async function reserve(sql: RawSql, asked: Wanted): Promise<Reserved> {
  const { accountSid, now } = asked;
  const [row] = await reserveOf(sql, asked);
  if (row) return row;
  const resetsAt = new Date(now.getTime() + HOUR_MS);
  await sql.$executeRaw`
    INSERT INTO "ImpactBudget" ("accountSid", "perHour", "remaining", "resetsAt")
    VALUES (${accountSid}, ${DEFAULT_PER_HOUR}, ${DEFAULT_PER_HOUR}, ${resetsAt})
    ON CONFLICT ("accountSid") DO NOTHING`;
  const [made] = await reserveOf(sql, asked);
  if (!made) throw new Error("the budget's row was deleted");
  return made;
}

function reserveOf(
  sql: RawSql,
  { accountSid, priority, wanted, now }: Wanted,
): Promise<Reserved[]> {
  const nextReset = new Date(now.getTime() + HOUR_MS);
  const kept = KEPT_BACK[priority];
  const isBehind = BEHIND.has(priority);
  // What an hour took that ended long ago tells nothing of this one.
  const longOver = new Date(now.getTime() - HOUR_MS);
  return sql.$queryRaw<Reserved[]>`
    WITH was AS (
      SELECT *, "resetsAt" <= ${now} AS "isOver",
        CASE WHEN "pausedUntil" IS NULL OR NOT ${mindsPause(priority)}::boolean THEN ${wanted}::int
             WHEN "pausedUntil" <= ${now} THEN 1 ELSE 0 END AS "most"
      FROM "ImpactBudget" WHERE "accountSid" = ${accountSid} FOR UPDATE
    ), hour AS (
      SELECT *, CASE WHEN NOT "isOver" THEN "aheadBefore"
                     WHEN "resetsAt" <= ${longOver} THEN 0 ELSE "ahead" END AS "lastAhead",
        CASE WHEN "isOver" THEN 0 ELSE "ahead" END AS "nowAhead"
      FROM was
    ), keeps AS (
      SELECT *, GREATEST(${kept}::float8 * "perHour", CASE WHEN ${isBehind}::boolean
        THEN LEAST(${MOST_AHEAD}::float8 * "perHour",
                   ${GROWTH}::float8 * "lastAhead" - "nowAhead") ELSE 0 END) AS "kept"
      FROM hour
    ), may AS (
      SELECT *, LEAST("most", CASE
          WHEN "isOver" THEN GREATEST(1, ceil("perHour" - "kept"))
          ELSE GREATEST(0, ceil("remaining" - "kept")) END)::int AS "granted"
      FROM keeps
    ), spent AS (
      UPDATE "ImpactBudget" b
      SET "remaining" = CASE WHEN may."isOver" THEN b."perHour" ELSE b."remaining" END - may."granted",
          "aheadBefore" = may."lastAhead",
          "ahead" = may."nowAhead" + CASE WHEN ${isBehind}::boolean THEN 0 ELSE may."granted" END,
          "resetsAt" = CASE WHEN may."isOver" THEN ${nextReset} ELSE b."resetsAt" END,
          "pausedUntil" = CASE WHEN b."pausedUntil" <= ${now} THEN ${probeUntil(now)}
                               ELSE b."pausedUntil" END
      FROM may WHERE b."accountSid" = may."accountSid" AND may."granted" > 0
      RETURNING b."resetsAt", b."pausedUntil"
    )
    SELECT may."granted", may."perHour", may."failures",
           COALESCE(spent."resetsAt", may."resetsAt") AS "resetsAt",
           CASE WHEN may."granted" > 0 THEN spent."pausedUntil" ELSE may."pausedUntil" END
             AS "pausedUntil"
    FROM may LEFT JOIN spent ON TRUE`;
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
