import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Listening } from "#test/sandbox/frame/server/listen-on-loopback.ts";
import { listenOnLoopback } from "#test/sandbox/frame/server/listen-on-loopback.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { createShoppers } from "./shopper.ts";
import { shopPath } from "./page-shell.ts";
import type { StorefrontSite } from "./storefront-requests.ts";
import { answerShopRequest } from "./storefront-requests.ts";

export interface StorefrontOptions {
  state: ShopifyState;
  /** Called for each order paid, usually to send its webhook. */
  onOrder: (shop: Shop, order: StoredOrder) => void;
  port?: number;
}

/** The shops' public side, each below its handle: /tea-house/?irclickid=… */
export async function startStorefront(options: StorefrontOptions): Promise<Listening> {
  const site = { ...options, shoppers: createShoppers() };
  const css = await readFile(new URL("./storefront.css", import.meta.url), "utf8");
  const server = createServer((request, response) => {
    if (request.url === "/storefront.css") {
      response.writeHead(200, { "content-type": "text/css; charset=utf-8" }).end(css);
    } else {
      void answer(site, request, response).catch((error: unknown) => {
        response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
      });
    }
  });
  return listenOnLoopback(server, options.port);
}

async function answer(
  site: StorefrontSite,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://storefront.example");
  const [, handle, path] = /^\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const shop = site.state.shops.get(`${handle}.myshopify.com`);
  if (shop) {
    await answerShopRequest(site, shop, path ?? "/", request, response);
    return;
  }
  const named = site.state.shops.get(url.searchParams.get("shop") ?? "");
  if (named) {
    url.searchParams.delete("shop");
    response.writeHead(302, { location: `${shopPath(named)}/${url.search}` }).end();
    return;
  }
  response.writeHead(url.pathname === "/" ? 200 : 404, {
    "content-type": "text/html; charset=utf-8",
  });
  response.end(directory(site.state));
}

function directory(state: ShopifyState): string {
  const shops = [...state.shops.values()].map(
    (shop) => html`<li><a href="${shopPath(shop)}/">${shop.name}</a></li>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" /><title>Shops</title>
      <link rel="stylesheet" href="/storefront.css" />
      <main>
        <h1>Shops</h1>
        <ul>
          ${shops}
        </ul>
      </main>
    </html>`.markup;
}
