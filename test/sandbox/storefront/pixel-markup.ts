import { readFile } from "node:fs/promises";
import { parse } from "smol-toml";
import type { Html } from "#test/sandbox/frame/server/html.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { PixelPage } from "./browser/pixel-page.ts";

const TOML = new URL("../../../extensions/checkout-pixel/shopify.extension.toml", import.meta.url);
const NO_MARKUP: Html = { markup: "" };

/** What the pixel's toml asks the visitor's leave for. */
export async function pixelPurposes(): Promise<PixelPage["purposes"]> {
  const { customer_privacy: privacy } = parse(await readFile(TOML, "utf8")) as {
    customer_privacy: Record<PixelPage["purposes"][number], boolean | string>;
  };
  const purposes = ["marketing", "analytics", "preferences", "sale_of_data"] as const;
  return purposes.filter((purpose) => privacy[purpose] === true || privacy[purpose] === "enabled");
}

/** On the thank-you page: the app's pixel with `checkout_completed`; nothing where it is not active. */
export function pixelMarkup(shop: Shop, order: StoredOrder, purposes: PixelPage["purposes"]): Html {
  if (!shop.webPixel) return NO_MARKUP;
  const page: PixelPage = {
    script: "/checkout-pixel.js",
    settings: shop.webPixel.settings,
    purposes,
    init: { data: { shop: { name: shop.name, myshopifyDomain: shop.domain } } },
    event: checkoutCompleted(order),
  };
  const json = JSON.stringify(page).replaceAll("<", "\\u003c");
  return {
    markup: `<script id="pixel-page" type="application/json">${json}</script>
      <script src="/pixel-page.js" defer></script>`,
  };
}

/** As documented for Web Pixels: PII is null without approval, and more is there than anyone needs. */
function checkoutCompleted({ id, payload }: StoredOrder) {
  const attributes = payload["note_attributes"] as { name: string; value: string }[];
  return {
    id: `sh-${id}`,
    name: "checkout_completed",
    type: "standard",
    timestamp: String(payload["created_at"]),
    data: {
      checkout: {
        token: payload["checkout_token"],
        email: null,
        attributes: attributes.map(({ name: key, value }) => ({ key, value })),
        order: { id, customer: { id: null, isFirstOrder: null } },
      },
    },
  };
}
