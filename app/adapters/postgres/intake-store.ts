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
    // BEGIN travels with what follows it, COMMIT with what goes before.
    pipeline: true,
    connectionTimeoutMillis: 4_000,
    query_timeout: 10_000,
    idleTimeoutMillis: 60_000,
  });
  pool.on("error", onError);
  return {
    inTransaction: async (work) => {
      const client = await pool.connect();
      try {
        const done = await commit(client, (sent) => work(storesOf(client, boss, sent)));
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

async function commit<T>(client: PoolClient, work: (sent: Sent) => Promise<T>): Promise<T> {
  const sent: Sent = [];
  send(sent, client.query("BEGIN"));
  const done = await work(sent);
  send(sent, client.query("COMMIT"));
  await Promise.all(sent);
  return done;
}

/** Statements that are on their way, whose answers nothing but the commit waits for. */
type Sent = Promise<unknown>[];

function send(sent: Sent, answer: Promise<unknown>): void {
  // Where another one fails first nobody waits for it any more.
  answer.catch(() => undefined);
  sent.push(answer);
}

function storesOf(client: PoolClient, boss: PgBoss, sent: Sent): Stores {
  const run = (text: string, values: unknown[]) =>
    client.query<object>({ name: nameOf(text), text, values });
  const runSql: RunSql = async (text, values) => (await run(text, values)).rows;
  return {
    deliveries: { record: (deliveries, now) => recordDeliveries(runSql, deliveries, now) },
    queue: createQueueOver(boss, {
      executeSql: async (text, values) => {
        send(sent, run(text, values ?? []));
        return { rows: [] };
      },
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
