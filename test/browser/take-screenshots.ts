import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import type { FrameLocator, Page } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { CREDENTIALS, startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { freePort } from "#test/sandbox/demo/free-port.ts";
import { startApp } from "#test/sandbox/demo/start-app.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";

const out = process.argv[2] ?? "docs/screenshots";
await mkdir(out, { recursive: true });
const data = await mkdtemp(join(tmpdir(), "partner-codes-look-"));
await chmod(data, 0o777);
const port = await freePort();
const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
const app = await startApp({
  port,
  shopifyUrl: world.shopify.url,
  impactUrl: world.impact.url,
  env: {
    SHOPIFY_API_KEY: world.shopifyState.apiKey,
    SHOPIFY_API_SECRET: world.shopifyState.apiSecret,
    SHOPIFY_APP_URL: world.frame.appUrl,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    DATA_DIR: data,
    LOG_LEVEL: "warn",
  },
});
const browser = await launchChromium();
const APP = "/store/northbound-supply/apps/partner-codes";
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const page = await browser.newPage({ viewport: SIZES.desktop });
page.on("pageerror", (error) => console.log("PAGE ERROR", error.message));
page.on("console", (m) => {
  if (m.type() === "error" && !m.text().includes("ERR_NAME_NOT_RESOLVED"))
    console.log("CONSOLE", m.text().slice(0, 300));
});
const inApp: FrameLocator = page.frameLocator("#app-iframe");

async function open(path: string) {
  await page.goto(world.frame.url + APP + path);
  await inApp.locator(".Polaris-Page").waitFor();
  await page.waitForTimeout(500);
}
async function shoot(name: string) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(out, `${name}-${size}.png`) });
    // the whole page inside the iframe
    const height = await inApp.locator("html").evaluate((html) => html.scrollHeight);
    const wide = await inApp
      .locator("html")
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    if (wide > 0) console.log("OVERFLOW", name, size, wide);
    if (height > viewport.height - 60) {
      await page.setViewportSize({ width: viewport.width, height: Math.min(height + 130, 4000) });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(out, `${name}-${size}-full.png`) });
    }
  }
  await page.setViewportSize(SIZES.desktop);
  await page.waitForTimeout(200);
}

try {
  await tour(page, world);
} catch (error) {
  console.log(error);
  await page.screenshot({ path: join(out, "FAILED.png") });
} finally {
  await browser.close();
  await app.stop();
  await world.close();
  await rm(data, { recursive: true, force: true });
}

async function tour(page: Page, { shop, shopifyState, webhooks }: DemoWorld) {
  await open("/app");
  await shoot("01-home-new");
  await open("/app/orders");
  await shoot("02-orders-empty");
  await open("/app/discounts/new");
  await shoot("03-new-discount-not-connected");
  await open("/app/partners");
  await shoot("04-partners-empty");
  await open("/app/impact");
  await inApp.getByLabel("Account SID").fill(CREDENTIALS.accountSid);
  await inApp.getByLabel("Auth Token").fill("wrong");
  await inApp.getByRole("button", { name: "Connect" }).click();
  await inApp.getByText("doesn't accept").waitFor();
  await shoot("05-impact-wrong");
  await inApp.getByLabel("Auth Token").fill(CREDENTIALS.authToken);
  await inApp.getByRole("button", { name: "Connect" }).click();
  await inApp.getByRole("button", { name: "Use this program" }).waitFor();
  await shoot("06-impact-choose");
  await inApp.getByRole("button", { name: "Use this program" }).click();
  await inApp.getByText("Last synced").waitFor({ timeout: 20_000 });
  await shoot("07-impact-connected");
  await inApp.getByRole("button", { name: "Disconnect" }).click();
  await page.waitForTimeout(300);
  await shoot("08-impact-disconnect");
  await open("/app/partners");
  await shoot("09-partners");
  await open("/app/discounts/new");
  await inApp.getByLabel("Name").fill("Autumn ambassadors");
  await inApp.getByLabel("Percent off").fill("15");
  const picker = inApp.getByRole("combobox", { name: "Partners" });
  await picker.click();
  await page.waitForTimeout(300);
  await shoot("10-picker");
  for (const name of ["Anna Lindqvist", "Bergwelten Podcast", "Chidi Outdoors"]) {
    await picker.click();
    await inApp.getByRole("option", { name }).click();
  }
  await page.keyboard.press("Escape");
  await inApp.getByText("Available").nth(2).waitFor();
  await shoot("11-new-discount");
  await inApp.getByLabel("Chidi Outdoors", { exact: true }).fill("BERGWELTEN15");
  await inApp.getByLabel("Anna Lindqvist", { exact: true }).fill("ANNA 15");
  await inApp.getByLabel("Percent off").fill("150");
  await inApp.getByLabel("Bergwelten Podcast", { exact: true }).fill("BERGWELTEN15");
  await inApp.getByLabel("Name").fill("");
  await inApp.getByRole("button", { name: "Create discount" }).click();
  await inApp.getByText("Nothing was made").waitFor();
  await shoot("12-new-discount-refused");
  await inApp.getByLabel("Percent off").fill("15");
  await inApp.getByLabel("Name").fill("Autumn ambassadors");
  await inApp.getByLabel("Anna Lindqvist", { exact: true }).fill("ANNA15");
  await inApp.getByLabel("Chidi Outdoors", { exact: true }).fill("CHIDI15");
  await inApp.getByText("Available").nth(2).waitFor();
  await page.locator("#save-bar").getByRole("button", { name: "Save" }).click();
  await inApp.getByRole("heading", { name: "Progress" }).waitFor();
  await shoot("13-discount-working");
  await inApp.getByText("3 of 3").nth(1).waitFor({ timeout: 20_000 });
  await shoot("14-discount-done");
  await open("/app/discounts");
  await shoot("15-discounts");
  const variant = (sku: string) =>
    shop.products.flatMap((p) => p.variants).find((v) => v.sku === sku)?.id ?? "";
  const order = (codes: string[], sku: string, quantity = 1, extra = {}) => {
    const placed = placeOrder(shopifyState, shop, {
      lines: [
        { variantId: variant(sku), quantity },
        { variantId: variant("MUG-1"), quantity: 2 },
      ],
      codes,
      customer: { email: `someone${Math.random()}@example.com` },
      whenCodeRefused: "pay-without",
      shipping: { title: "Standard", minor: 795 },
      ...extra,
    });
    webhooks.send(shop, "orders/create", placed.payload);
    return placed;
  };
  const first = order(["ANNA15"], "PACK-28", 1, { taxRate: 0.2, taxesIncluded: true });
  order(["bergwelten15"], "MERINO-S", 2);
  order([], "LAMP-400");
  order(["ANNA15"], "MERINO-M", 1, { test: true });
  order(["CHIDI15"], "LAMP-400", 3);
  webhooks.send(shop, "orders/create", { id: 12, nothing: true });
  await webhooks.idle();
  await page.waitForTimeout(2_000);
  await open("/app/orders");
  await shoot("16-orders-waiting");
  await page.waitForTimeout(12_000);
  // The partner leaves, and the next order cannot be credited.
  const account = world.impactState.accounts[0];
  const chidi = account?.contracts.find(({ partnerId }) => partnerId === "10003");
  if (chidi) chidi.state = "DECLINED";
  const failed = order(["CHIDI15"], "PACK-28", 1);
  await webhooks.idle();
  await page.waitForTimeout(14_000);
  await open("/app");
  await shoot("17-home");
  await open("/app/orders");
  await shoot("18-orders");
  await open(`/app/orders/${first.id}`);
  await shoot("19-order");
  await open(`/app/orders/${failed.id}`);
  await shoot("20-order-failed");
  await open("/app/orders/99");
  await shoot("21-order-unknown");
}
