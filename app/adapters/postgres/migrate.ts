import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { DatabaseStartError } from "./database-start-error.ts";

const run = promisify(execFile);
const MIGRATIONS = path.resolve("prisma/migrations");

/**
 * Brings the database to this version's schema; does nothing where it is there already. Processes
 * that start together take turns. Throws DatabaseStartError.
 */
export async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock(hashtextextended('partner-codes/migrate', 0))");
    if (!(await isUpToDate(client))) await deploy(connectionString);
  } catch (error) {
    throw failedToMigrate(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Prisma takes seconds to find out that nothing is to be done; its own table says so at once. */
async function isUpToDate(client: pg.Client): Promise<boolean> {
  const { rows: tables } = await client.query<{ name: string | null }>(
    `SELECT to_regclass('"_prisma_migrations"')::text AS name`,
  );
  if (tables[0]?.name === null) return false;
  const { rows } = await client.query<{ migration_name: string }>(
    `SELECT migration_name FROM "_prisma_migrations"
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  const folders = await readdir(MIGRATIONS, { withFileTypes: true });
  return folders.every((entry) => !entry.isDirectory() || applied.has(entry.name));
}

async function deploy(connectionString: string): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  await run(process.execPath, [prisma, "migrate", "deploy"], {
    env: {
      ...process.env,
      DATABASE_URL: connectionString,
      CHECKPOINT_DISABLE: "1",
      // Ours is held already; Prisma's own would keep the command waiting ten seconds at its end.
      PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK: "1",
    },
  });
}

function failedToMigrate(error: unknown): DatabaseStartError {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-4).join("\n") || String(error);
  return new DatabaseStartError(
    `The database could not be brought up to date. Check DATABASE_URL and that its user may create tables. It said:\n${said}`,
  );
}
