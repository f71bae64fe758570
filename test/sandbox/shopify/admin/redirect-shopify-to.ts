// Both install a fetch of their own when they load: only after them can ours replace it.
import "@shopify/shopify-app-remix/adapters/node";
import "@shopify/shopify-app-remix/server";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";

/** Sends what the Shopify library asks of any https://….myshopify.com to a stand-in. */
export function redirectShopifyTo(standInUrl: string): void {
  setAbstractFetchFunc((input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (!url.hostname.endsWith(".myshopify.com")) return fetch(request);
    const target = new URL(`${url.pathname}${url.search}`, standInUrl);
    const redirected = new Request(target, request);
    redirected.headers.set("x-forwarded-host", url.hostname);
    return fetch(redirected);
  });
}
