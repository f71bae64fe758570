import { createServer } from "node:http";
import { expect, test } from "vitest";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { browserScript } from "./server/browser-script.ts";
import { listenOnLoopback } from "./server/listen-on-loopback.ts";
import { startFrame } from "./start-frame.ts";

const BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

async function openReactPage() {
  const script = await browserScript("../react-page.tsx");
  const body = `<!doctype html><script src="${BRIDGE}" data-api-key="sandbox-key"></script>
    <body><script src="/page.js"></script></body>`;
  const app = await listenOnLoopback(
    createServer((request, response) => {
      const isScript = request.url === "/page.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : body);
    }),
  );
  const { state } = shopForTests();
  const frame = await startFrame({ state, target: app.url });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(frame.url);
  return {
    page,
    inApp: page.frameLocator("iframe"),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await frame.close();
      await app.close();
    },
  };
}

test("Shopify's React components work on the App Bridge stand-in", async () => {
  await using opened = await openReactPage();
  const { page, inApp } = opened;

  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await page.getByRole("heading", { name: "React /app/codes" }).waitFor();
  await page.waitForURL("**/apps/partner-codes/app/codes");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved by React").waitFor();
  expect(await page.locator("#save-bar").isVisible()).toBe(false);

  await page.getByRole("button", { name: "Ask" }).click();
  const modal = inApp.getByRole("dialog");
  await modal.getByRole("button", { name: "Count" }).click();
  await modal.getByText("Asked 1 times").waitFor();
  await modal.getByRole("button", { name: "Done" }).click();
  await inApp.getByRole("heading", { name: "not asking" }).waitFor();

  await page.getByRole("button", { name: "Ask" }).click();
  // The frame opens the modal by a message: before it stands there, Escape closes nothing.
  await modal.getByRole("button", { name: "Done" }).press("Escape");
  await inApp.getByRole("heading", { name: "not asking" }).waitFor();
});
