import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { startStorefront } from "#test/sandbox/storefront/start-storefront.ts";
import { measureLanding, slowDown, watch, type Metrics } from "./click-capture/metrics.ts";

const ROUNDS = 21;
const SCRIPT = new URL("../../extensions/click-capture/assets/click-capture.js", import.meta.url);

/**
 * What the storefront script weighs, and what a landing with a click id and an item for the cart cost a
 * visitor on a slowed-down phone: with the embed and without in turn, the median of each beside the other.
 */
export async function bench(): Promise<Record<string, number>> {
  const script = await readFile(SCRIPT);
  const browser = await launchChromium();
  try {
    const withEmbed: Metrics[] = [];
    const without: Metrics[] = [];
    // The first of each warms up what both share.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const landings = [await land(browser, true), await land(browser, false)] as const;
      if (round === 0) continue;
      withEmbed.push(landings[0]);
      without.push(landings[1]);
    }
    return {
      script_bytes: script.length,
      script_gzip_bytes: gzipSync(script).length,
      landings: ROUNDS,
      ...medians("with", withEmbed),
      ...medians("without", without),
    };
  } finally {
    await browser.close();
  }
}

async function land(browser: Browser, hasEmbed: boolean): Promise<Metrics> {
  const { state, shop } = shopForTests();
  shop.clickEmbed = hasEmbed ? { days: 30, parameter: "" } : null;
  const storefront = await startStorefront({ state, onOrder: () => undefined });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    await watch(page);
    await slowDown(page);
    return await measureLanding(page, `${storefront.url}/tea-house/?irclickid=Click-1`);
  } finally {
    await context.close();
    await storefront.close();
  }
}

function medians(name: string, all: readonly Metrics[]): Record<string, number> {
  const of = (metric: keyof Metrics) => {
    const sorted = all.map((one) => one[metric]).toSorted((one, other) => one - other);
    return Number((sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(3));
  };
  return {
    [`lcp_ms_${name}`]: of("lcpMs"),
    [`cls_${name}`]: of("cls"),
    [`inp_ms_${name}`]: of("inpMs"),
    [`add_to_cart_inp_ms_${name}`]: of("addInpMs"),
    [`blocking_ms_${name}`]: of("blockingMs"),
    [`cart_updates_${name}`]: of("cartUpdates"),
  };
}
