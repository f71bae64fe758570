import pg from "pg";
import { inject } from "vitest";

/** Shuts a test's database to everybody and cuts off who is in, or opens it again. */
export async function setDatabaseUp(databaseUrl: string, isUp: boolean): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const client = new pg.Client({ connectionString: inject("databaseServer") });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS ${isUp}`);
  if (!isUp) {
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
      [name],
    );
  }
  await client.end();
}
