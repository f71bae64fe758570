import type { RawSql } from "../postgres/raw-sql.ts";

/** So many failures in a row are an outage and no bad luck. */
const FAILURES_IN_A_ROW = 5;
const FIRST_PAUSE_S = 60;
const LONGEST_PAUSE_S = 3_600;
/** Longer than one request may take, and shorter than any pause. */
const PROBE_S = 35;

/** After a pause one request tries; until its answer is known, nobody else does. */
export function probeUntil(now: Date): Date {
  return new Date(now.getTime() + PROBE_S * 1_000);
}

/**
 * Counts a request that impact.com did not answer properly. After several in a row the account
 * pauses, twice as long each time, so that an outage costs a few requests and not the whole budget.
 * What was on its way when the pause began is not counted.
 */
export async function countFailure(sql: RawSql, accountSid: string, now: Date): Promise<void> {
  await sql.$executeRaw`
    UPDATE "ImpactBudget"
    SET "failures" = "failures" + 1,
        "pausedUntil" = CASE WHEN "failures" + 1 < ${FAILURES_IN_A_ROW}::int THEN NULL
          ELSE ${now}::timestamptz + make_interval(secs => LEAST(${LONGEST_PAUSE_S}::float8,
            ${FIRST_PAUSE_S}::float8 * 2 ^ LEAST("failures" + 1 - ${FAILURES_IN_A_ROW}::int, 12)))
          END
    WHERE "accountSid" = ${accountSid}
      AND ("pausedUntil" IS NULL OR "pausedUntil" <= ${probeUntil(now)})`;
}

/** impact.com answers again: whatever was paused may go on. */
export async function endPause(sql: RawSql, accountSid: string): Promise<void> {
  await sql.$executeRaw`
    UPDATE "ImpactBudget" SET "failures" = 0, "pausedUntil" = NULL
    WHERE "accountSid" = ${accountSid} AND "failures" > 0`;
}
