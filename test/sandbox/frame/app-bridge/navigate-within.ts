import { launchParameters } from "./launch-parameters.ts";

let appListens = false;

/** Notices whether the app's router listens to `shopify:navigate`, as Shopify's AppProvider does. */
export function watchForRouter(): void {
  const original = window.addEventListener;
  window.addEventListener = function (this: Window, ...args: Parameters<typeof original>) {
    if (args[0] === "shopify:navigate") appListens = true;
    original.apply(this, args);
  } as typeof original;
}

/** Follows a link of the nav menu or title bar without a document load where the app can. */
export function followLink(link: HTMLElement): void {
  if (appListens) link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true }));
  else loadPage(link.getAttribute("href") ?? "");
}

/** A document request must name shop and host, or the app cannot tell whose page it is. */
export function loadPage(href: string): void {
  const url = new URL(href, window.location.href);
  const { shop, host } = launchParameters();
  url.searchParams.set("embedded", "1");
  url.searchParams.set("shop", shop);
  url.searchParams.set("host", host);
  window.location.assign(url);
}
