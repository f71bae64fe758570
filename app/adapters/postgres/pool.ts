import { Pool, types, type PoolClient } from "pg";

const CONNECTIONS = 10;

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
  });
  pool.on("connect", (client) => client.on("error", onError));
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
    await client.query("COMMIT");
    client.release();
    return done;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
