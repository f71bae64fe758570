import type { ImpactPriority } from "#app/core/ports/impact.ts";
import type { RawSql } from "../postgres/raw-sql.ts";
import { probeUntil } from "./impact-pause.ts";
import { BEHIND, GROWTH, KEPT_BACK, MOST_AHEAD, OF_MANY, SHORTEST_LOOK } from "./kept-back.ts";

/** impact.com's documented default (reference/impact.md, section 1). */
export const DEFAULT_PER_HOUR = 1_000;
export const HOUR_MS = 3_600_000;

/** A read may be a merchant's who waits for the answer, and shows early that impact.com is back. */
export function mindsPause(priority: ImpactPriority): boolean {
  return priority !== "read" && priority !== "asked";
}

export interface Reserved {
  granted: number;
  /** More is left than the share that is always kept back. */
  givesWay: boolean;
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
export async function reserve(sql: RawSql, asked: Wanted): Promise<Reserved> {
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
  const isOfMany = priority === "many";
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
        CASE WHEN "isOver" THEN 0 ELSE "ahead" END AS "nowAhead",
        CASE WHEN "isOver" THEN "perHour" ELSE "remaining" END AS "there",
        CASE WHEN "isOver" THEN 1 ELSE LEAST(1,
          EXTRACT(EPOCH FROM "resetsAt" - ${now}::timestamptz)::float8 * 1000 / ${HOUR_MS}::float8)
          END AS "toCome"
      FROM was
    ), needs AS (
      -- Of the hour before, or as fast as orders come in this one.
      SELECT *, ${GROWTH}::float8 * GREATEST("lastAhead" - "nowAhead" / ${GROWTH}::float8,
        "nowAhead" * "toCome" / GREATEST(1 - "toCome", ${SHORTEST_LOOK}::float8)) AS "orders",
        CASE WHEN ${isOfMany}::boolean AND "toCome" > ${OF_MANY.lastPart}::float8
             THEN ${OF_MANY.atEnd}::float8 + ${OF_MANY.more}::float8 * "toCome" ELSE 0 END AS "others"
      FROM hour
    ), keeps AS (
      SELECT *, "perHour" * GREATEST(${kept}::float8, "others", CASE WHEN ${isBehind}::boolean
        THEN LEAST(${MOST_AHEAD}::float8, "orders" / "perHour") ELSE 0 END) AS "kept"
      FROM needs
    ), may AS (
      SELECT *, LEAST("most", GREATEST(CASE WHEN "isOver" THEN 1 ELSE 0 END,
                                       ceil("there" - "kept")))::int AS "granted"
      FROM keeps
    ), spent AS (
      UPDATE "ImpactBudget" b
      SET "remaining" = may."there" - may."granted",
          "aheadBefore" = may."lastAhead",
          -- What was refused comes back in the next hour, and is needed then.
          "ahead" = may."nowAhead" + CASE WHEN ${isBehind}::boolean THEN 0
            WHEN may."most" < ${wanted}::int THEN may."granted" ELSE ${wanted}::int END,
          "resetsAt" = CASE WHEN may."isOver" THEN ${nextReset} ELSE b."resetsAt" END,
          "pausedUntil" = CASE WHEN may."granted" > 0 AND b."pausedUntil" <= ${now}
                               THEN ${probeUntil(now)} ELSE b."pausedUntil" END
      FROM may WHERE b."accountSid" = may."accountSid"
        AND (may."granted" > 0 OR (may."most" > 0 AND NOT ${isBehind}::boolean))
      RETURNING b."resetsAt", b."pausedUntil"
    )
    SELECT may."granted", may."perHour", may."failures",
           may."there" > may."perHour" * ${kept}::float8 AS "givesWay",
           COALESCE(spent."resetsAt", may."resetsAt") AS "resetsAt",
           CASE WHEN may."granted" > 0 THEN spent."pausedUntil" ELSE may."pausedUntil" END
             AS "pausedUntil"
    FROM may LEFT JOIN spent ON TRUE`;
}
