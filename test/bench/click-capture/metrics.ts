import type { Page } from "playwright-core";

/** Of one landing, to its end. */
export interface Metrics {
  lcpMs: number;
  cls: number;
  /** Of a press on the page as it was landed on. */
  inpMs: number;
  /** Of "Add to cart", and of a press while the script puts the click on the cart. */
  addInpMs: number;
  blockingMs: number;
  /** Requests of the script's own. */
  cartUpdates: number;
}

type Seen = Omit<Metrics, "addInpMs" | "cartUpdates">;

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

/**
 * Lands, waits until all is quiet, and presses something on the page; then adds to the cart, which is
 * what the script works after, and presses again while it does.
 */
export async function measureLanding(page: Page, address: string): Promise<Metrics> {
  let cartUpdates = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/cart/update.js")) cartUpdates += 1;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator("h2").first().click();
  const { inpMs } = await takeSeen(page);
  await addWithoutLeaving(page);
  const added = page.waitForResponse((response) => response.url().endsWith("/cart/add.js"));
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await added;
  await page.locator("h2").first().click();
  const { inpMs: addInpMs, ...whole } = await takeSeen(page);
  return { ...whole, inpMs, addInpMs, cartUpdates };
}

/** What has been seen up to now; the longest press is counted anew from here. */
async function takeSeen(page: Page): Promise<Seen> {
  await page.waitForTimeout(200);
  return page.evaluate(() => {
    const { seenMetrics } = window as unknown as { seenMetrics: Seen };
    const taken = { ...seenMetrics };
    seenMetrics.inpMs = 0;
    return taken;
  });
}

/** As many themes do it: the page that was landed on stays, and so do its metrics. */
async function addWithoutLeaving(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      const body = JSON.stringify({ id: new FormData(form).get("variant") });
      void fetch(`${form.action}.js`, { method: "POST", body });
    });
  });
}
