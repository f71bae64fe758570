import { expect, onTestFinished } from "vitest";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startApp, type AppSettings, type RunningApp } from "#test/sandbox/demo/start-app.ts";
import { createTestDatabase } from "./test-database.ts";

export interface Processes {
  world: DemoWorld;
  databaseUrl: string;
  start(
    how?: Pick<AppSettings, "args" | "onOutput"> & { env?: Record<string, string> },
  ): Promise<RunningApp>;
  /** From now on requests go to these in turn, as behind a load balancer. */
  route(apps: RunningApp[]): void;
}

/** A world whose app is any number of processes on one database, started and stopped by the test. */
export async function createProcesses(): Promise<Processes> {
  let targets: RunningApp[] = [];
  let asked = 0;
  const appUrl = () => targets[asked++ % targets.length]?.url ?? "http://127.0.0.1:9";
  const world = await startDemoWorld({ appUrl });
  const database = await createTestDatabase();
  const apps: RunningApp[] = [];
  onTestFinished(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await world.close();
    await database.drop();
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  });
  return {
    world,
    databaseUrl: database.url,
    route: (apps) => {
      targets = apps;
    },
    async start({ env, ...how } = {}) {
      const settings = appEnv(world, "unused");
      const app = await startApp({
        ...settings,
        ...how,
        port: await freePort(),
        env: { ...settings.env, DATABASE_URL: database.url, LOG_LEVEL: "silent", ...env },
      });
      apps.push(app);
      return app;
    },
  };
}
