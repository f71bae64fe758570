import { createHash } from "node:crypto";
import type { DemoWorld } from "./demo-world.ts";
import type { AppSettings } from "./start-app.ts";

/** What the app's environment must say to live in a demo world, with its data in that folder. */
export function appEnv(world: DemoWorld, dataDir: string): Omit<AppSettings, "port"> {
  return {
    shopifyUrl: world.shopify.url,
    impactUrl: world.impact.url,
    env: {
      SHOPIFY_API_KEY: world.shopifyState.apiKey,
      SHOPIFY_API_SECRET: world.shopifyState.apiSecret,
      SHOPIFY_APP_URL: world.frame.appUrl,
      // The same at every start of a demo, so that its data stays readable.
      ENCRYPTION_KEY: createHash("sha256").update("partner-codes-demo").digest("base64"),
      DATABASE_URL: "",
      DATA_DIR: dataDir,
    },
  };
}
