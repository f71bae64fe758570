import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";

// As pg-boss's own index on live jobs has it, which is short where the table is long.
const DUE_JOBS = `FROM pgboss.job
  WHERE state IN ('created', 'retry', 'active') AND start_after <= now()`;
const WAITING_DELIVERIES = `FROM "Delivery" WHERE "state" = 'received'`;

// Outcomes are first asked for after some seconds, with whatever has come together by then.
const UNCHECKED = `FROM "Conversion" WHERE "state" = 'sent' AND "sentAt" < now() - interval '30 seconds'`;
const UNSENT = `FROM "Conversion" WHERE "state" IN ('ready', 'sending')`;

/** How far the pipeline is at a moment. */
export interface Depth {
  /** Deliveries that are not in the ledger yet. */
  deliveries: number;
  /** Conversions that impact.com has not taken yet. */
  unsent: number;
  /** Conversions whose outcome should be known. */
  unchecked: number;
}

/** Counts, so that it costs PostgreSQL something: every ten seconds is often enough. */
export async function depthOf(pool: Pool): Promise<Depth> {
  const { rows } = await pool.query<Depth>(`
    SELECT (SELECT count(*)::int ${WAITING_DELIVERIES}) AS deliveries,
           (SELECT count(*)::int ${UNSENT}) AS unsent,
           (SELECT count(*)::int ${UNCHECKED}) AS unchecked`);
  const [depth] = rows;
  if (!depth) throw new Error("no depth");
  return depth;
}

/** Waits until nothing is due; the seconds that took. */
export async function untilDrained(pool: Pool): Promise<number> {
  const start = performance.now();
  while (await isBusy(pool)) await pause(1_000);
  return (performance.now() - start) / 1_000;
}

async function isBusy(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ busy: boolean }>(`
    SELECT EXISTS (SELECT ${DUE_JOBS}) OR EXISTS (SELECT ${WAITING_DELIVERIES}) AS busy`);
  return rows[0]?.busy ?? true;
}

/** Looks at something again and again while something else runs, first and last of all included. */
export async function watch<Result, Look>(
  run: Promise<Result>,
  everyMs: number,
  look: () => Promise<Look>,
): Promise<{ result: Result; looks: { second: number; look: Look }[] }> {
  const start = performance.now();
  const looks: { second: number; look: Look }[] = [];
  const ended = run.then(
    () => true,
    () => true,
  );
  for (let isOver = false; !isOver;) {
    looks.push({ second: (performance.now() - start) / 1_000, look: await look() });
    isOver = await Promise.race([
      ended,
      pause(everyMs - ((performance.now() - start) % everyMs), false),
    ]);
  }
  looks.push({ second: (performance.now() - start) / 1_000, look: await look() });
  return { result: await run, looks };
}
