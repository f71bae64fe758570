import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
    if (!(await isUpToDate(client))) await deploy(client, connectionString);
  } catch (error) {
    throw failedToMigrate(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

type Read = <Row extends object>(sql: string) => Promise<Row[]>;

async function isUpToDate(client: pg.Client): Promise<boolean> {
  return isSchemaCurrent(async <Row extends object>(sql: string) => {
    return (await client.query<Row>(sql)).rows;
  });
}

/** Prisma takes seconds to find out that nothing is to be done; its own table says so at once. */
export async function isSchemaCurrent(read: Read): Promise<boolean> {
  const tables = await read<{ name: string | null }>(
    `SELECT to_regclass('"_prisma_migrations"')::text AS name`,
  );
  if (tables[0]?.name === null) return false;
  const rows = await read<{ migration_name: string }>(
    `SELECT migration_name FROM "_prisma_migrations"
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  const folders = await readdir(MIGRATIONS, { withFileTypes: true });
  return folders.every((entry) => !entry.isDirectory() || applied.has(entry.name));
}

/** Prisma's command lingers for ten seconds when it is done: its table says when, and ends it. */
async function deploy(client: pg.Client, connectionString: string): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const env = { ...process.env, DATABASE_URL: connectionString, CHECKPOINT_DISABLE: "1" };
  const command = run(process.execPath, [prisma, "migrate", "deploy"], { env });
  let hasEnded = false;
  const ended = command.finally(() => {
    hasEnded = true;
  });
  ended.catch(() => undefined);
  while (!hasEnded && !(await isUpToDate(client))) await sleep(100);
  if (hasEnded) await ended;
  else command.child.kill();
}

function failedToMigrate(error: unknown): DatabaseStartError {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-4).join("\n") || String(error);
  return new DatabaseStartError(
    `The database could not be brought up to date. Check DATABASE_URL and that its user may create tables. It said:\n${said}`,
  );
}
