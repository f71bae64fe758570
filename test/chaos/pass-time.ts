import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";

/** A killed process is gone by then, and so is what it had told the database. */
const GONE_MS = 200;

/**
 * The minutes that what a killed worker held stays its own: after twenty seconds without a sign of life
 * a job is another's, after two minutes a batch or a code. Only for the one worker there is. A job that
 * has died often would wait for its next try ever longer; that time is left out too.
 */
export async function passTime(client: pg.Client): Promise<void> {
  await pause(GONE_MS);
  for (const table of ["Batch", "Code", "CodeFamily"]) {
    await client.query(`UPDATE "${table}" SET "leaseUntil" = now() WHERE "leaseUntil" > now()`);
  }
  await client.query(
    `UPDATE pgboss.job SET "start_after" = now(), "retry_count" = 0,
       "state" = CASE WHEN "state" = 'active' THEN 'retry'::pgboss.job_state ELSE "state" END
     WHERE "state" IN ('created', 'retry', 'active')
       AND "name" IN ('make-codes', 'change-codes', 'register-code', 'register-codes', 'register-families')`,
  );
}
