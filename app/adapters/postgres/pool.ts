import { Pool, types, type PoolClient } from "pg";

const CONNECTIONS = 8;

/**
 * What runs here looks rows up by their keys. Without statistics, as in a database's first minute,
 * PostgreSQL would rather read whole tables, and a prepared plan would go on doing so. What is looked
 * up lies in memory, or on a disk without a head: reading here and there costs no more.
 */
const LOOK_UP_BY_KEY = `
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
  SET random_page_cost = 1.1;
  SET plan_cache_mode = force_custom_plan`;

/**
 * Connections beside Prisma's, for whatever every order goes through. `onError` hears of lost ones,
 * those that are in use as well: whose statement was cut off is told by that statement.
 */
export function createPool(connectionString: string, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: 4_000,
    query_timeout: 15_000,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser },
    onConnect: async (client) => {
      client.on("error", onError);
      await client.query(LOOK_UP_BY_KEY);
    },
  });
  // Said of an idle connection, which has told of it already.
  pool.on("error", () => undefined);
  return pool;
}

const INT8 = 20;

/** int8 as Prisma gives it: ids and counts may pass what a number holds. */
const getTypeParser: typeof types.getTypeParser = (
  oid: number,
  format?: "text" | "binary",
): ((value: string) => unknown) =>
  oid === INT8 ? BigInt : (types.getTypeParser(oid, format) as (value: string) => unknown);

/** One commit, or nothing. A connection whose transaction broke off is not used again. */
export async function inPoolTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const done = await work(client);
    const { command } = await client.query("COMMIT");
    // PostgreSQL calls it a rollback where a statement had failed.
    if (command !== "COMMIT") throw new Error("the transaction was rolled back");
    client.release();
    return done;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
