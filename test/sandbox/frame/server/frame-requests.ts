import type { IncomingMessage, ServerResponse } from "node:http";
import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import { grantScopes, scopesDetail } from "#test/sandbox/shopify/admin/grant-scopes.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { adminPage } from "./admin-pages.ts";
import { adminShell, storePath } from "./admin-shell.ts";
import { appPage } from "./app-page.ts";
import { html } from "./html.ts";
import { sessionToken } from "./session-token.ts";
import { THEME_EDITOR, themeEditorPage, themeExtension } from "./theme-editor.ts";

export interface FrameSite {
  state: ShopifyState;
  app: { name: string; handle: string };
  /** The tunnel's address: what the app knows as its own. */
  appUrl: () => string;
  /** /app-bridge.js, /admin-frame.js, /admin-frame.css */
  assets: Map<string, { type: string; body: string }>;
}

export function answerFrameRequest(
  site: FrameSite,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? "/", "http://frame.example");
  const asset = site.assets.get(url.pathname);
  if (asset) {
    send(response, 200, asset.type, asset.body);
    return;
  }
  const [, handle, path = ""] = /^\/store\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const shop = handle === undefined ? undefined : site.state.shops.get(`${handle}.myshopify.com`);
  if (shop) answerStoreRequest(site, shop, path.replace(/\/$/, ""), url, response);
  else openFirstStore(site, url, response);
}

function answerStoreRequest(
  site: FrameSite,
  shop: Shop,
  path: string,
  url: URL,
  response: ServerResponse,
): void {
  const appPath = `/apps/${site.app.handle}`;
  if (path === "/session-token") {
    send(response, 200, "text/plain", tokenFor(site.state, shop));
  } else if (path === "/scopes.json") {
    const asked = url.searchParams.get("grant");
    if (asked) grantScopes(site.state, shop, asked.split(","));
    send(response, 200, "application/json", JSON.stringify(scopesDetail(site.state, shop)));
  } else if (path === "/products.json") {
    send(response, 200, "application/json", JSON.stringify(pickableProducts(shop)));
  } else if (path === "/collections.json") {
    send(response, 200, "application/json", JSON.stringify(pickableCollections(shop)));
  } else if (path === appPath || path.startsWith(`${appPath}/`)) {
    const main = appMain(site, shop, path.slice(appPath.length), url);
    const shell = { ...site, shop, title: site.app.name, section: path, main };
    send(response, 200, "text/html", adminShell(shell));
  } else {
    const page =
      path === THEME_EDITOR
        ? themeEditorPage(shop, url.searchParams)
        : adminPage(shop, path, url.searchParams.get("query") ?? "");
    const title = page?.title ?? "Not in this sandbox";
    const body = page?.body ?? html`<div class="card">Shopify's admin has this page.</div>`;
    const main = html`<main>
      <div class="page">
        <h1>${title}</h1>
        ${body}
      </div>
    </main>`;
    const shell = { ...site, shop, title, section: path, main };
    send(response, page ? 200 : 404, "text/html", adminShell(shell));
  }
}

function appMain(site: FrameSite, shop: Shop, path: string, url: URL) {
  const appUrl = site.appUrl();
  const config = {
    storePath: storePath(shop),
    appPath: `${storePath(shop)}/apps/${site.app.handle}`,
    appName: site.app.name,
    appOrigin: new URL(appUrl).origin,
    storeName: shop.name,
    extensions: [themeExtension(shop)],
  };
  return appPage(config, iframeUrl(site, shop, path || "/app", url.searchParams));
}

/** As Shopify opens an embedded app (shopify.md §5), at the page the address names. */
function iframeUrl(site: FrameSite, shop: Shop, path: string, query: URLSearchParams): string {
  const iframe = new URL(path, site.appUrl());
  iframe.search = query.toString();
  const store = storePath(shop).replace("/store/", "");
  iframe.searchParams.set("embedded", "1");
  iframe.searchParams.set("shop", shop.domain);
  iframe.searchParams.set("host", btoa(`admin.shopify.com/store/${store}`));
  iframe.searchParams.set("locale", "en");
  iframe.searchParams.set("id_token", tokenFor(site.state, shop));
  return iframe.href;
}

function tokenFor({ apiKey, apiSecret }: ShopifyState, shop: Shop): string {
  const input = { apiKey, apiSecret, shopDomain: shop.domain, userId: "42", now: new Date() };
  return sessionToken(input);
}

function pickableProducts(shop: Shop) {
  return shop.products.map((product) => ({
    id: `gid://shopify/Product/${legacyId(product.id)}`,
    title: product.title,
    handle: product.title.toLowerCase().replaceAll(/\W+/g, "-"),
    vendor: product.vendor,
    productType: product.productType,
    variants: product.variants.map((variant) => ({
      id: `gid://shopify/ProductVariant/${legacyId(variant.id)}`,
      title: variant.title,
      displayName: `${product.title} - ${variant.title}`,
      sku: variant.sku,
      price: currencyAmount(variant.price, shop.currency),
    })),
  }));
}

function pickableCollections(shop: Shop) {
  return shop.collections.map(({ id, title }) => ({
    id: `gid://shopify/Collection/${id}`,
    title,
    handle: title.toLowerCase().replaceAll(/\W+/g, "-"),
  }));
}

function openFirstStore(site: FrameSite, url: URL, response: ServerResponse): void {
  const [first] = site.state.shops.values();
  if (!first || url.pathname !== "/") {
    send(response, 404, "text/plain", "There is no such store in this sandbox.");
    return;
  }
  response.writeHead(302, { location: `${storePath(first)}/apps/${site.app.handle}` }).end();
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
  });
  response.end(body);
}
