import { appEnv } from "#test/sandbox/demo/app-env.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";

/** What the built app is started with, between that world's stand-ins and on that database. */
export function processEnv(
  world: DemoWorld,
  { databaseUrl, port }: { databaseUrl: string; port: number },
): Record<string, string> {
  const settings = appEnv(world, "unused");
  return {
    ...settings.env,
    DATABASE_URL: databaseUrl,
    SANDBOX_SHOPIFY_URL: settings.shopifyUrl,
    IMPACT_API_URL: settings.impactUrl,
    PORT: `${port}`,
    HOST: "127.0.0.1",
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
  };
}
