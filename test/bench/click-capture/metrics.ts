import type { Page } from "playwright-core";

export interface Metrics {
  lcpMs: number;
  cls: number;
  inpMs: number;
  blockingMs: number;
}

/** As Lighthouse runs a phone: the processor four times slower, and its own "slow 4G". */
export async function slowDown(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1_024 * 1_024) / 8,
    uploadThroughput: (750 * 1_024) / 8,
  });
}

/** Watches from the first moment of every page. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { lcpMs: 0, cls: 0, inpMs: 0, blockingMs: 0 };
    Object.assign(window, { seenMetrics: seen });
    const on = (type: string, note: (entry: PerformanceEntry) => void) => {
      const options = { type, buffered: true, durationThreshold: 16 };
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe(options);
    };
    on("largest-contentful-paint", ({ startTime }) => (seen.lcpMs = startTime));
    on(
      "layout-shift",
      (entry) => (seen.cls += (entry as PerformanceEntry & { value: number }).value),
    );
    on("event", ({ duration }) => (seen.inpMs = Math.max(seen.inpMs, duration)));
    on("longtask", ({ duration }) => (seen.blockingMs += Math.max(duration - 50, 0)));
  });
}

/** Lands, waits until all is quiet, and presses something on the page. */
export async function measureLanding(page: Page, address: string): Promise<Metrics> {
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator("h2").first().click();
  await page.waitForTimeout(200);
  return page.evaluate(() => (window as unknown as { seenMetrics: Metrics }).seenMetrics);
}
