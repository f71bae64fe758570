import { expect, onTestFailed, onTestFinished } from "vitest";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startApp, type RunningApp } from "#test/sandbox/demo/start-app.ts";
import { createTestDatabase } from "./test-database.ts";

/** The built app as its own process between all stand-ins, on a cloned database. */
export async function startRunningApp(shoppers: { needConsent?: boolean } = {}): Promise<{
  world: DemoWorld;
  app: RunningApp;
  databaseUrl: string;
}> {
  const port = await freePort();
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}`, ...shoppers });
  const database = await createTestDatabase();
  const settings = appEnv(world, "unused");
  const env = { ...settings.env, DATABASE_URL: database.url };
  const warnings: string[] = [];
  const onOutput = (text: string) => warnings.push(text);
  const app = await startApp({ ...settings, port, env, onOutput });
  onTestFailed(() => console.error(`What the app warned of:\n${warnings.join("")}`));
  onTestFinished(async () => {
    await app.stop();
    await world.close();
    await database.drop();
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  });
  return { world, app, databaseUrl: database.url };
}
