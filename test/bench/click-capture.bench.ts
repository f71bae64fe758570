import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { median, permutationTest } from "simple-statistics";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { startStorefront } from "#test/sandbox/storefront/start-storefront.ts";
import { measureLanding, slowDown, watch, type Metrics } from "./click-capture/metrics.ts";

const ROUNDS = 21;
/** What an order of a few kilobytes means: the embed, as it comes over the wire. */
const MOST_BYTES = 4_096;
/** The odds of seeing such a difference by chance, below which one of five counts as measured: 5 % in all. */
const BY_CHANCE = 0.05 / 5;
const PERMUTATIONS = 20_000;
const METRICS = ["lcpMs", "cls", "inpMs", "addInpMs", "blockingMs"] as const;
const SCRIPT = new URL("../../extensions/click-capture/assets/click-capture.js", import.meta.url);

export function limits(figures: Record<string, number>): [string, boolean][] {
  const { script_gzip_bytes = Infinity, cart_updates_with = Infinity } = figures;
  return [
    ["a few kilobytes over the wire", script_gzip_bytes <= MOST_BYTES],
    ["one note on the cart for each visit", cart_updates_with <= 1],
    ...METRICS.map((metric): [string, boolean] => [
      `${NAMES[metric]}: no worse with the embed than by chance`,
      (figures[`${NAMES[metric]}_by_chance`] ?? 0) >= BY_CHANCE,
    ]),
  ];
}

/**
 * What the storefront script weighs, and what a landing with a click id and an item for the cart cost a
 * visitor on a slowed-down phone: with the embed and without in turn, the median of each beside the other,
 * and of each metric how likely such a difference for the worse is by chance alone (a permutation test).
 */
export async function bench(): Promise<Record<string, number>> {
  const script = await readFile(SCRIPT);
  const browser = await launchChromium();
  try {
    const withEmbed: Metrics[] = [];
    const without: Metrics[] = [];
    // The first of each warms up what both share; who comes first changes, as the second finds caches warm.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const order = round % 2 === 0 ? [true, false] : [false, true];
      for (const hasEmbed of order) {
        const landing = await land(browser, hasEmbed);
        if (round > 0) (hasEmbed ? withEmbed : without).push(landing);
      }
    }
    return {
      script_bytes: script.length,
      script_gzip_bytes: gzipSync(script).length,
      landings: ROUNDS,
      ...medians("with", withEmbed),
      ...medians("without", without),
      ...chances(withEmbed, without),
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

const NAMES = {
  ...{ lcpMs: "lcp_ms", cls: "cls", inpMs: "inp_ms", addInpMs: "add_to_cart_inp_ms" },
  ...{ blockingMs: "blocking_ms", cartUpdates: "cart_updates" },
} as const;

function medians(name: string, all: readonly Metrics[]): Record<string, number> {
  const metrics = [...METRICS, "cartUpdates"] as const;
  return Object.fromEntries(
    metrics.map((metric) => [`${NAMES[metric]}_${name}`, round3(median(of(metric, all)))]),
  );
}

/** Of each metric, how often landings dealt out at random differ as much for the worse. */
function chances(
  withEmbed: readonly Metrics[],
  without: readonly Metrics[],
): Record<string, number> {
  return Object.fromEntries(
    METRICS.map((metric) => {
      const both = [of(metric, withEmbed), of(metric, without)] as const;
      const chance = permutationTest(...both, "greater", PERMUTATIONS);
      return [`${NAMES[metric]}_by_chance`, round3(chance)];
    }),
  );
}

const of = (metric: keyof Metrics, all: readonly Metrics[]) => all.map((one) => one[metric]);
const round3 = (value: number) => Number(value.toFixed(3));
