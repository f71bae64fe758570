import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { appEnv } from "./app-env.ts";
import { startDemoWorld, type DemoWorld } from "./demo-world.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startApp } from "./start-app.ts";

export interface Demo {
  world: DemoWorld;
  /** Stops the app and every stand-in; nothing is kept. */
  close(): Promise<void>;
}

/** The built app between all stand-ins, with its own PostgreSQL in a folder that is thrown away. */
export async function startDemo(): Promise<Demo> {
  const folder = await mkdtemp(path.join(tmpdir(), "partner-codes-demo-"));
  // PostgreSQL runs as another user when this runs as root.
  await chmod(folder, 0o755);
  const port = await freePort();
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
  const forget = async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const app = await startApp({ port, ...appEnv(world, folder) });
    return { world, close: () => app.stop().finally(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}
