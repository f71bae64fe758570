import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { DatabaseStartError } from "./database-start-error.ts";

const run = promisify(execFile);
const MIGRATIONS = path.resolve("prisma/migrations");

/** Brings the database to this version's schema; does nothing where it is there already. */
export async function migrate(connectionString: string): Promise<void> {
  if (await isUpToDate(connectionString)) return;
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  try {
    await run(process.execPath, [prisma, "migrate", "deploy"], {
      env: { ...process.env, DATABASE_URL: connectionString, CHECKPOINT_DISABLE: "1" },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw failedToMigrate(`${stdout}\n${stderr}`.trim().split("\n").slice(-4).join("\n"));
  }
}

/** Prisma takes seconds to find out that nothing is to be done; its own table says so at once. */
async function isUpToDate(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ migration_name: string }>(
      `SELECT migration_name FROM "_prisma_migrations"
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const applied = new Set(rows.map((row) => row.migration_name));
    const folders = await readdir(MIGRATIONS, { withFileTypes: true });
    return folders.every((entry) => !entry.isDirectory() || applied.has(entry.name));
  } catch (error) {
    const noSuchTable = "42P01";
    if ((error as { code?: string }).code === noSuchTable) return false;
    throw failedToMigrate(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

function failedToMigrate(said: string): DatabaseStartError {
  return new DatabaseStartError(
    `The database could not be brought up to date. Check DATABASE_URL and that its user may create tables. It said:\n${said}`,
  );
}
