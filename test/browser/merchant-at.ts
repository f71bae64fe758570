import { expect, onTestFinished } from "vitest";
import { launchChromium } from "#test/sandbox/chromium.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { startRunningApp } from "#test/support/running-app.ts";
import { embeddedApp, type EmbeddedApp } from "./embedded-app.ts";
import { lastRequests, whatItHolds } from "./what-was-seen.ts";
import { SIZES } from "./sizes.ts";

/** The admin in a real Chromium at that size; a script error in any page fails the test. */
export async function merchantAt(
  size: keyof typeof SIZES,
  shoppers: { needConsent?: boolean } = {},
): Promise<{ app: EmbeddedApp; world: DemoWorld; databaseUrl: string }> {
  const { world, databaseUrl } = await startRunningApp(shoppers);
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: SIZES[size] });
  // A call of the app that fails on a busy machine is tried again, which may take half a minute twice.
  context.setDefaultTimeout(120_000);
  const scriptErrors: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => scriptErrors.push(error.message));
  const requests = lastRequests(page);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") {
      const seen = [await whatItHolds(page), "Its last requests:", ...requests()];
      console.error(`${task.name}\n${seen.join("\n")}`);
    }
    await browser.close();
    expect(scriptErrors).toEqual([]);
  });
  return { app: embeddedApp(page, world), world, databaseUrl };
}
