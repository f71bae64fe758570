import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { cartPage } from "./cart-page.ts";
import { applyCodes, pay, priceFor } from "./checkout-actions.ts";
import { checkoutPage } from "./checkout-page.ts";
import { applyLinked, followDiscountLink } from "./discount-link.ts";
import { pageShell, shopPath } from "./page-shell.ts";
import { shopFrontPage } from "./shop-front-page.ts";
import type { Shopper, Shoppers } from "./shopper.ts";
import { CART_COOKIE } from "./shopper.ts";
import { thankYouPage } from "./thank-you-page.ts";
import { visitCookies } from "./visit-cookies.ts";

export interface StorefrontSite {
  state: ShopifyState;
  shoppers: Shoppers;
  onOrder: (shop: Shop, order: StoredOrder) => void;
}

export async function answerShopRequest(
  site: StorefrontSite,
  shop: Shop,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const shopper = site.shoppers.of(request, shop.domain);
  const cart = `${CART_COOKIE}=${shopper.token}; Path=${shopPath(shop)}; HttpOnly; SameSite=Lax`;
  response.setHeader("set-cookie", [cart, ...visitCookies(request, shopPath(shop))]);
  if (request.method === "POST") {
    const form = await formOf(request);
    const next = changeCart(site, shop, shopper, path, form, request);
    response.writeHead(303, { location: shopPath(shop) + next }).end();
    return;
  }
  const query = /\?(.*)$/s.exec(request.url ?? "")?.[1] ?? "";
  const landing = followDiscountLink(shopper, path, query);
  if (landing !== null) {
    response.writeHead(302, { location: shopPath(shop) + landing }).end();
    return;
  }
  const page = pageAt(site, shop, shopper, path);
  const count = shopper.lines.reduce((sum, line) => sum + line.quantity, 0);
  response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  const body = page ?? { title: "Not found", main: html`<h1>There is no such page</h1>` };
  response.end(pageShell(shop, body.title, count, body.main));
  shopper.refused = [];
}

function pageAt(
  site: StorefrontSite,
  shop: Shop,
  shopper: Shopper,
  path: string,
): { title: string; main: Html } | null {
  const orderId = /^\/thank-you\/(\d+)$/.exec(path)?.[1];
  if (orderId !== undefined) {
    const order = shop.orders.find(({ id }) => id === orderId);
    return order ? { title: "Thank you", main: thankYouPage(shop, order) } : null;
  }
  // A real shop has a page for each product and collection; here they all lead to the one front page.
  if (path === "/" || /^\/(products|collections)\//.test(path)) {
    return { title: "Shop", main: shopFrontPage(shop) };
  }
  if (path === "/checkout" && shopper.lines.length > 0) {
    applyLinked(shopper, () => applyCodes(site.state, shop, shopper));
  }
  const checkout = priceFor(site.state, shop, shopper);
  if (path === "/cart" || (path === "/checkout" && shopper.lines.length === 0)) {
    return { title: "Cart", main: cartPage(shop, checkout) };
  }
  if (path === "/checkout") {
    return { title: "Checkout", main: checkoutPage(shop, shopper, checkout) };
  }
  return null;
}

/** Where the browser goes next. */
function changeCart(
  site: StorefrontSite,
  shop: Shop,
  shopper: Shopper,
  path: string,
  form: URLSearchParams,
  request: IncomingMessage,
): string {
  const variantId = form.get("variant") ?? "";
  const line = shopper.lines.find((candidate) => candidate.variantId === variantId);
  if (path === "/cart/add") {
    const isSold = shop.products.some(({ variants }) =>
      variants.some(({ id }) => id === variantId),
    );
    if (line) line.quantity += 1;
    else if (isSold) shopper.lines.push({ variantId, quantity: 1 });
  } else if (path === "/cart/change" && line) {
    line.quantity = Math.min(99, Math.max(0, Math.trunc(Number(form.get("quantity")) || 0)));
    shopper.lines = shopper.lines.filter(({ quantity }) => quantity > 0);
  } else if (path === "/checkout") {
    return checkOut(site, shop, shopper, form, request);
  }
  return "/cart";
}

function checkOut(
  site: StorefrontSite,
  shop: Shop,
  shopper: Shopper,
  form: URLSearchParams,
  request: IncomingMessage,
): string {
  const action = form.get("action") ?? "apply";
  const typed = form.get("code")?.trim() ?? "";
  shopper.email = form.get("email")?.trim() ?? "";
  if (typed !== "") shopper.codes.push(typed);
  if (action.startsWith("remove ")) {
    shopper.codes = shopper.codes.filter((code) => code !== action.slice("remove ".length));
  }
  if (action !== "pay") {
    applyCodes(site.state, shop, shopper);
    return "/checkout";
  }
  const order = pay(site.state, shop, shopper, request);
  if (!order) return "/checkout";
  site.onOrder(shop, order);
  return `/thank-you/${order.id}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
