import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { LANDING_COOKIE } from "#test/sandbox/storefront/visit-cookies.ts";
import { SIZES } from "./sizes.ts";

const DAY_MS = 86_400_000;
/** Nobody buys in the second they land; Shopify tells an order's time to the second. */
const LOOKS_AROUND_MS = 60_000;

export interface Visit {
  clickId: string;
  /** How long ago the visitor landed by the partner's link, and left again. */
  daysAgo: number;
  /** What they answer where the shop asks; the shop asks everybody. */
  answer: "Accept" | "Decline";
  way: "cart" | "buy-now";
  /** Typed at the checkout. */
  code: string;
}

/** One browser, in which visitors follow one another: each finds nothing of the one before. */
export interface Visitors {
  context: BrowserContext;
  page: Page;
  /** All that pages, scripts and the pixel's worker have asked for since the last one came. */
  requests: string[];
}

export async function openVisitors(browser: Browser): Promise<Visitors> {
  const context = await browser.newContext({ viewport: SIZES.phone });
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  return { context, page: await context.newPage(), requests };
}

/** When a visitor who is about to buy came to the shop. */
export function landingAt({ daysAgo }: Pick<Visit, "daysAgo">): Date {
  return new Date(Date.now() - daysAgo * DAY_MS - LOOKS_AROUND_MS);
}

/** Lands by a partner's link, looks around, buys with a code, and stays until all is done. Gives the order's id. */
export async function visitAndBuy(
  { context, page, requests }: Visitors,
  { storefront, shop }: DemoWorld,
  visit: Visit,
): Promise<string> {
  const { clickId, answer, way, code } = visit;
  await context.clearCookies();
  requests.length = 0;
  const shopUrl = `${storefront.url}/${shop.domain.replace(".myshopify.com", "")}`;
  await context.clock.setFixedTime(landingAt(visit));
  await page.goto(`${shopUrl}/?irclickid=${clickId}`);
  await page.getByRole("button", { name: answer }).click();
  await context.clock.setFixedTime(Date.now());
  await page.goto(`${shopUrl}/products/trail-pack`);
  await (way === "cart" ? takeCart(page, answer === "Accept") : buyNow(page));
  await pay(page, code);
  // The pixel has no other sign of having ended; who declines must be given the same time.
  await page.waitForLoadState("networkidle");
  return /\/thank-you\/(\d+)/.exec(page.url())?.[1] ?? "";
}

async function takeCart(page: Page, isTold: boolean): Promise<void> {
  const told = isTold ? page.waitForResponse(/\/cart\/update\.js$/) : null;
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.getByRole("heading", { name: "Your cart" }).waitFor();
  await told;
  await page.getByRole("link", { name: "Check out" }).click();
}

async function buyNow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Buy it now" }).first().click();
}

async function pay(page: Page, code: string): Promise<void> {
  await page.getByLabel("E-mail").fill("kim@example.com");
  await page.getByLabel("Discount code").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: `Remove ${code}` }).waitFor();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
}

/** Where the browser holds a click but in Shopify's own note, and whom but the landing page it was told to. */
export async function tracesOf({ context, page, requests }: Visitors, clickId: string) {
  const cookies = (await context.cookies()).filter(({ name }) => name !== LANDING_COOKIE);
  const kept = {
    cookies: JSON.stringify(cookies),
    stores: await page.evaluate(() => JSON.stringify([localStorage, sessionStorage])),
  };
  const traces = Object.entries(kept).flatMap(([where, all]) =>
    all.includes(clickId) ? [where] : [],
  );
  const told = requests.filter((url) => /\/clicks$|\/cart\/update\.js$/.test(url));
  return [...traces, ...told.map((url) => url.replace(/^.*\/(?=clicks$|cart\/)/, "/"))];
}
