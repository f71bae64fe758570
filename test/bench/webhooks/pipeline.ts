import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";

/** How far the pipeline is at a moment. */
export interface Depth {
  /** Jobs that are due or running, of any kind. */
  queued: number;
  /** Deliveries that are not in the ledger yet. */
  deliveries: number;
  /** Conversions that impact.com has accepted. */
  accepted: number;
}

export async function depthOf(pool: Pool): Promise<Depth> {
  const { rows } = await pool.query<Depth>(`
    SELECT (SELECT count(*)::int FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
              AND start_after <= now()) AS queued,
           (SELECT count(*)::int FROM "Delivery" WHERE "state" = 'received') AS deliveries,
           (SELECT count(*)::int FROM "Submission") AS accepted`);
  const [depth] = rows;
  if (!depth) throw new Error("no depth");
  return depth;
}

/** Waits until nothing is due; the seconds that took. */
export async function untilDrained(pool: Pool): Promise<number> {
  const start = performance.now();
  for (;;) {
    const { queued, deliveries } = await depthOf(pool);
    if (queued === 0 && deliveries === 0) return (performance.now() - start) / 1_000;
    await pause(250);
  }
}

/** Looks at the pipeline every second while something runs. */
export async function watch<T>(
  pool: Pool,
  run: Promise<T>,
): Promise<{ result: T; depths: { second: number; depth: Depth }[] }> {
  const start = performance.now();
  const depths: { second: number; depth: Depth }[] = [];
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      depths.push({ second: (performance.now() - start) / 1_000, depth: await depthOf(pool) });
      await pause(1_000);
    }
  };
  const looking = look();
  try {
    return { result: await run, depths };
  } finally {
    isOver = true;
    await looking;
  }
}
