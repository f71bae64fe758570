import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";
import { migrate } from "#app/adapters/postgres/migrate.ts";
import { openBoss } from "#app/adapters/postgres/queue.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
    templateDatabase: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await scratchFolder(), "partner-codes-tests-"));
  // The server runs as another user when the tests run as root.
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  await forgetDurability(server.connectionString);
  const template = `template_${randomBytes(4).toString("hex")}`;
  await createTemplate(server.connectionString, template);
  project.provide("databaseServer", server.connectionString);
  project.provide("templateDatabase", template);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 6 * 2 ** 30;

/** A database is a thousand files: in memory it is cloned in 30 ms, on a disk in ten times as long. */
async function scratchFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => null);
  return memory && memory.bavail * memory.bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
}

/** Nothing here outlives the run, and no test kills this server: chaos has servers of its own. */
async function forgetDurability(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  }
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}

function failLoudly(error: Error): void {
  throw error;
}

async function createTemplate(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const boss = await openBoss(url.href, failLoudly);
  await boss.stop({ graceful: false });
}
