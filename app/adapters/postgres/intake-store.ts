import { Pool, type PoolClient } from "pg";
import type { PgBoss } from "pg-boss";
import type { IntakeStore } from "#app/core/ports/intake-store.ts";
import { createQueueOver } from "./queue.ts";
import { recordDeliveries, type RunSql } from "./record-deliveries.ts";

/** As many as commit at once; see core/orders/gather-deliveries.ts. */
const CONNECTIONS = 2;

/**
 * The store of the webhook path, on connections of its own: without Prisma between, a delivery costs
 * a third less, and no page waits for one of its connections. `onError` hears of lost idle connections.
 */
export function createIntakeStore(
  connectionString: string,
  boss: PgBoss,
  onError: (error: Error) => void,
): IntakeStore & { close(): Promise<void> } {
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: 4_000,
    query_timeout: 10_000,
    idleTimeoutMillis: 60_000,
  });
  pool.on("error", onError);
  return {
    inTransaction: async (work) => {
      const client = await pool.connect();
      try {
        const done = await commit(client, () => work(storesOf(client, boss)));
        client.release();
        return done;
      } catch (error) {
        // What state the connection is in is not worth finding out.
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

type Stores = Parameters<Parameters<IntakeStore["inTransaction"]>[0]>[0];

async function commit<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  const begun = client.query("BEGIN");
  const [done] = await Promise.all([work(), begun]);
  await client.query("COMMIT");
  return done;
}

function storesOf(client: PoolClient, boss: PgBoss): Stores {
  const run: RunSql = async (text, values) =>
    (await client.query<object>({ name: nameOf(text), text, values })).rows;
  return {
    deliveries: { record: (deliveries, now) => recordDeliveries(run, deliveries, now) },
    queue: createQueueOver(boss, {
      executeSql: async (text, values) => ({ rows: await run(text, values ?? []) }),
    }),
  };
}

const names = new Map<string, string>();

/** Statements of the same text are planned once for each connection. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `intake-${names.size}`;
  names.set(text, name);
  return name;
}
