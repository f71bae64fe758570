import { expect, test, vi } from "vitest";
import { findChromium, launchChromium } from "./chromium.ts";

test("a CHROMIUM_PATH that cannot be run is named in the error", async () => {
  vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
  await expect(findChromium()).rejects.toThrow("CHROMIUM_PATH names /nowhere/chromium");
  vi.unstubAllEnvs();
});

test("the browser found says it is an ordinary Chrome", async () => {
  const browser = await launchChromium();
  const page = await browser.newPage();
  const userAgent = await page.evaluate(() => navigator.userAgent);
  await browser.close();
  expect(userAgent).toMatch(/Chrome\/\d+\.0\.0\.0 Safari/);
  expect(userAgent).not.toContain("Headless");
});
