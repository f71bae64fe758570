/**
 * Shopify's pixel manager: runs an app's pixel in a worker, without the page's DOM, and only where the
 * visitor allows every purpose that the pixel's toml names.
 */
export interface PixelPage {
  script: string;
  settings: Record<string, string>;
  purposes: ("marketing" | "analytics" | "preferences" | "sale_of_data")[];
  init: unknown;
  event: unknown;
}

interface Asked {
  id: number;
  cookie: string;
}

const config = JSON.parse(
  document.getElementById("pixel-page")?.textContent ?? "",
) as unknown as PixelPage;
interface Privacy {
  marketingAllowed(): boolean;
  analyticsProcessingAllowed(): boolean;
  preferencesProcessingAllowed(): boolean;
  saleOfDataAllowed(): boolean;
}
interface ShopGlobal {
  customerPrivacy: Privacy;
  loadFeatures(features: { name: string; version: string }[], done: () => void): void;
}
const shop = (window as unknown as { Shopify: ShopGlobal }).Shopify;

function isAllowed(privacy: Privacy): boolean {
  const allowed = {
    marketing: privacy.marketingAllowed(),
    analytics: privacy.analyticsProcessingAllowed(),
    preferences: privacy.preferencesProcessingAllowed(),
    sale_of_data: privacy.saleOfDataAllowed(),
  };
  return config.purposes.every((purpose) => allowed[purpose]);
}

function cookieOf(name: string): string {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return pair ? pair.slice(name.length + 1) : "";
}

shop.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () => {
  if (!isAllowed(shop.customerPrivacy)) return;
  const worker = new Worker("/pixel-worker.js");
  worker.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
    worker.postMessage({ kind: "answer", id: data.id, value: cookieOf(data.cookie) });
  });
  worker.postMessage({ kind: "start", ...config });
});
