import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";

/** /tea-house for tea-house.myshopify.com. */
export function shopPath(shop: Shop): string {
  return `/${shop.domain.replace(".myshopify.com", "")}`;
}

export function price(minor: number, shop: Shop): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency: shop.currency });
  return format.format(Number(currencyAmount(minor, shop.currency)));
}

export interface PageParts {
  title: string;
  cartCount: number;
  main: Html;
  /** Whether the visitor must be asked before anything is stored. */
  needsConsent: boolean;
  /** What apps add before </body>. */
  embeds: Html;
}

export function pageShell(shop: Shop, page: PageParts): string {
  const { title, cartCount, main, needsConsent, embeds } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${shop.name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/storefront.css" />
        <script
          src="/shop-globals.js"
          data-root="${shopPath(shop)}/"
          data-needs-consent="${String(needsConsent)}"
        ></script>
      </head>
      <body>
        <header>
          <a class="shop-name" href="${shopPath(shop)}/">${shop.name}</a>
          <a href="${shopPath(shop)}/cart">Cart (${cartCount})</a>
        </header>
        <main>${main}</main>
        <footer>A shop in the Partner Codes sandbox. Nothing here is charged or shipped.</footer>
        <div class="consent" role="dialog" aria-label="Cookies" data-consent-banner hidden>
          <p>May we remember which link brought you here?</p>
          <button data-consent="yes">Accept</button>
          <button class="quiet" data-consent="no">Decline</button>
        </div>
        ${embeds}
      </body>
    </html>`.markup;
}
