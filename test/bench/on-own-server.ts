import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";

/** What is to be ended with the run: the last thing that was started first. */
export type AtEnd = (end: () => Promise<unknown>) => void;

/** Runs on a PostgreSQL of its own, in a folder that goes with it. */
export async function onOwnServer<T>(
  name: string,
  run: (databaseUrl: string, atEnd: AtEnd, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `bench-${name}-`));
  // PostgreSQL may run as another user.
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  const ends: (() => Promise<unknown>)[] = [() => server.stop()];
  try {
    return await run(server.connectionString, (end) => ends.push(end), folder);
  } finally {
    for (const end of ends.reverse()) await end();
    await rm(folder, { recursive: true, force: true });
  }
}
