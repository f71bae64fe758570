import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { transformWithEsbuild } from "vite";
import { browserScript } from "#test/sandbox/frame/server/browser-script.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Listening } from "#test/sandbox/frame/server/listen-on-loopback.ts";
import { listenOnLoopback } from "#test/sandbox/frame/server/listen-on-loopback.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { createShoppers } from "./shopper.ts";
import { shopPath } from "./page-shell.ts";
import { pixelPurposes } from "./pixel-markup.ts";
import { createEmbedRenderer, EMBED_ASSETS, embedAsset } from "./render-embed.ts";
import type { StorefrontSite } from "./storefront-requests.ts";
import { answerShopRequest } from "./storefront-requests.ts";

export interface StorefrontOptions {
  state: ShopifyState;
  /** Called for each order paid, usually to send its webhook. */
  onOrder: (shop: Shop, order: StoredOrder) => void;
  port?: number;
  /** Visitors are asked before anything is stored; nobody is asked unless so told. */
  needsConsent?: boolean;
}

/** The shops' public side, each below its handle: /tea-house/?irclickid=… */
export async function startStorefront(options: StorefrontOptions): Promise<Listening> {
  const site: StorefrontSite = {
    ...options,
    needsConsent: options.needsConsent ?? false,
    shoppers: createShoppers(),
    renderEmbed: await createEmbedRenderer(),
    pixelPurposes: await pixelPurposes(),
  };
  const files = await assets();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    if (file) response.writeHead(200, { "content-type": file.type }).end(file.body);
    else {
      void answer(site, request, response).catch((error: unknown) => {
        response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
      });
    }
  });
  return listenOnLoopback(server, options.port);
}

type Files = Map<string, { type: string; body: string | Buffer }>;

/** Shopify's own scripts, and both extensions as its CDN serves them. */
async function assets(): Promise<Files> {
  const script = (body: string | Buffer) => ({ type: "text/javascript; charset=utf-8", body });
  const own = async (name: string) => {
    const file = new URL(`./browser/${name}.ts`, import.meta.url);
    const source = await readFile(file, "utf8");
    return (await transformWithEsbuild(source, file.pathname, { format: "iife" })).code;
  };
  const css = await readFile(new URL("./storefront.css", import.meta.url), "utf8");
  const embed = `${EMBED_ASSETS}click-capture.js`;
  return new Map([
    ["/storefront.css", { type: "text/css; charset=utf-8", body: css }],
    ["/shop-globals.js", script(await own("shop-globals"))],
    ["/pixel-page.js", script(await own("pixel-page"))],
    ["/pixel-worker.js", script(await own("pixel-worker"))],
    ["/checkout-pixel.js", script(await pixelBundle())],
    [embed, script(await embedAsset("click-capture.js"))],
  ]);
}

let bundled: Promise<string> | null = null;

/** As Shopify CLI bundles it at deploy; once for all storefronts of a process. */
function pixelBundle(): Promise<string> {
  bundled ??= browserScript(PIXEL, { minify: true });
  return bundled;
}

const PIXEL = new URL("../../../extensions/checkout-pixel/src/index.ts", import.meta.url);

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
