import type { Browser, Page, Request } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import type { ClickEmbed, Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { startStorefront } from "#test/sandbox/storefront/start-storefront.ts";

export interface Visit extends AsyncDisposable {
  page: Page;
  shop: Shop;
  /** The shop's own address. */
  url: string;
  paid: StoredOrder[];
  /** Every request for the cart's API so far. */
  cartRequests: Request[];
  land(address: string): Promise<void>;
  pay(): Promise<void>;
  /** The click the visitor's browser keeps; null: none. */
  keptClick(): Promise<string | null>;
  isAsked(): Promise<boolean>;
}

let browser: Promise<Browser> | null = null;

/** One Chromium for the file; each visit is a browser that nobody has used. */
export async function visit(options: {
  embed?: ClickEmbed | null;
  needsConsent?: boolean;
  prepare?: (shop: Shop) => void;
}): Promise<Visit> {
  const { state, shop } = shopForTests();
  shop.clickEmbed = options.embed === undefined ? { days: 30, parameter: "" } : options.embed;
  options.prepare?.(shop);
  const paid: StoredOrder[] = [];
  const storefront = await startStorefront({
    state,
    onOrder: (_shop, order) => paid.push(order),
    needsConsent: options.needsConsent ?? false,
  });
  browser ??= launchChromium();
  const context = await (await browser).newContext();
  const page = await context.newPage();
  const cartRequests: Request[] = [];
  page.on("request", (request) => {
    if (/\/cart\/\w+\.js/.test(request.url())) cartRequests.push(request);
  });
  const url = `${storefront.url}/tea-house`;
  return {
    ...{ page, shop, url, paid, cartRequests },
    land: async (address) => {
      await page.goto(url + address);
      await page.waitForLoadState("networkidle");
    },
    pay: async () => {
      await page.getByRole("button", { name: "Pay" }).click();
      await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    },
    keptClick: async () => {
      const cookies = await context.cookies();
      return cookies.find(({ name }) => name === "pc_click")?.value ?? null;
    },
    isAsked: () => page.getByRole("dialog", { name: "Cookies" }).isVisible(),
    async [Symbol.asyncDispose]() {
      await context.close();
      await storefront.close();
    },
  };
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}
