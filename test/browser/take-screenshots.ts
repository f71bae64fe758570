import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { seedStore } from "#test/sandbox/demo/seed-store.ts";
import { startDemo } from "#test/sandbox/demo/start-demo.ts";
import { embeddedApp } from "./embedded-app.ts";
import { choosePartners } from "./merchant-steps.ts";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
const WIDTHS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

interface Scene {
  name: string;
  path: string;
  /** A text that is there when the page is as it should be seen. */
  until: string;
  /** What a merchant has done on it. */
  act?: (page: FrameLocator) => Promise<void>;
}

/** Draws the pages that the README shows, from the seeded demo store, at both widths. */
async function takeScreenshots(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { world, close } = await startDemo();
  const browser = await launchChromium();
  try {
    await seedStore(world);
    for (const scene of scenes(world)) await shoot(browser, world, scene);
  } finally {
    await browser.close();
    await close();
  }
}

function scenes({ shop }: DemoWorld): Scene[] {
  const twoCodes = shop.orders.find(({ payload }) => codesOf(payload).length > 1);
  const refunded = shop.orders.find(({ payload }) => refundsOf(payload).length > 0);
  // The order's page follows it to its credit; the lists are drawn after that.
  return [
    { name: "order", path: `/app/orders/${twoCodes?.id}`, until: "Credited at impact.com" },
    { name: "refund", path: `/app/orders/${refunded?.id}`, until: "Changed at impact.com" },
    { name: "new-discount", path: "/app/discounts/new", until: "Conditions", act: draftDiscount },
    { name: "orders", path: "/app/orders", until: "impact.com has credited it" },
    { name: "problems", path: "/app/problems", until: "no live contract" },
    { name: "codes", path: "/app/codes", until: "WELCOME5" },
    { name: "ledger", path: "/app/ledger", until: "8 orders at Shopify" },
    { name: "settings", path: "/app/settings", until: "When is an order reported?" },
    { name: "home", path: "/app", until: "8 orders at Shopify" },
  ];
}

function codesOf(payload: Record<string, unknown>): unknown[] {
  return payload["discount_codes"] as unknown[];
}

function refundsOf(payload: Record<string, unknown>): unknown[] {
  return payload["refunds"] as unknown[];
}

async function draftDiscount(page: FrameLocator): Promise<void> {
  await page.getByLabel("Name").fill("Spring ambassadors");
  await page.getByLabel("Percent off").fill("20");
  await choosePartners(page, ["Anna Lindqvist", "Chidi Outdoors", "Zoë & Mateo"]);
  await page.getByLabel("Chidi Outdoors", { exact: true }).fill("CHIDI15");
  await page.getByText("CHIDI15 is one of your codes").waitFor();
  await page.getByText("Available").nth(1).waitFor();
}

async function shoot(browser: Browser, world: DemoWorld, scene: Scene): Promise<void> {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    const { page, inApp, open } = embeddedApp(await browser.newPage({ viewport }), world);
    await open(scene.path);
    await inApp.getByText(scene.until).first().waitFor({ timeout: 120_000 });
    await scene.act?.(inApp);
    await showWholePage(page, inApp);
    await page.screenshot({ path: path.join(FOLDER, `${scene.name}-${width}.png`) });
    await page.close();
  }
}

/** The app scrolls inside its iframe: the window grows by what is hidden there. */
async function showWholePage(page: Page, inApp: FrameLocator): Promise<void> {
  const { width, height } = page.viewportSize() ?? WIDTHS.desktop;
  const hidden = await inApp
    .locator("html")
    .evaluate((html) => html.scrollHeight - html.clientHeight);
  await page.setViewportSize({ width, height: height + hidden });
}

await takeScreenshots();
