import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { addToCart, cartJson, itemCount, sells, updateCart } from "./cart-api.ts";
import { cartPage } from "./cart-page.ts";
import type { PixelPage } from "./browser/pixel-page.ts";
import { applyCodes, linesAtCheckout, pay, priceFor } from "./checkout-actions.ts";
import { checkoutPage } from "./checkout-page.ts";
import { applyLinked, followDiscountLink } from "./discount-link.ts";
import { pageShell, shopPath } from "./page-shell.ts";
import { pixelMarkup } from "./pixel-markup.ts";
import type { EmbedContext } from "./render-embed.ts";
import { shopFrontPage } from "./shop-front-page.ts";
import type { Shopper, Shoppers } from "./shopper.ts";
import { CART_COOKIE } from "./shopper.ts";
import { thankYouPage } from "./thank-you-page.ts";
import { visitCookies } from "./visit-cookies.ts";

export interface StorefrontSite {
  state: ShopifyState;
  shoppers: Shoppers;
  onOrder: (shop: Shop, order: StoredOrder) => void;
  /** Whether visitors must be asked before anything is stored, as in Europe. */
  needsConsent: boolean;
  renderEmbed: (context: EmbedContext) => Html;
  pixelPurposes: PixelPage["purposes"];
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
  if (path === "/cart.js" || path === "/cart/update.js" || path === "/cart/add.js") {
    await answerCartApi(shop, shopper, path, request, response);
    return;
  }
  if (request.method === "POST") {
    const form = new URLSearchParams(await bodyOf(request));
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
  response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  const body = page ?? { title: "Not found", main: html`<h1>There is no such page</h1>` };
  const told = { item_count: itemCount(shopper.lines), attributes: shopper.attributes };
  // A checkout is Shopify's own page: themes and their embeds end before it.
  const isTheme = path !== "/checkout" && !path.startsWith("/thank-you/");
  const settings = isTheme ? shop.clickEmbed : null;
  const embed = settings ? site.renderEmbed({ settings, cart: told }) : null;
  const shell = {
    title: body.title,
    main: body.main,
    cartCount: told.item_count,
    needsConsent: site.needsConsent,
    embeds: embed ?? html``,
  };
  response.end(pageShell(shop, shell));
  shopper.refused = [];
}

async function answerCartApi(
  shop: Shop,
  shopper: Shopper,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  if (path === "/cart/update.js") updateCart(shopper, body);
  if (path === "/cart/add.js") {
    const { id } = JSON.parse(body) as { id: string };
    addToCart(shop, shopper, id);
  }
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(cartJson(shopper)));
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
    if (!order) return null;
    const pixel = pixelMarkup(shop, order, site.pixelPurposes);
    return { title: "Thank you", main: html`${thankYouPage(shop, order)} ${pixel}` };
  }
  // A real shop has a page for each product and collection; here they all lead to the one front page.
  if (path === "/" || /^\/(products|collections)\//.test(path)) {
    return { title: "Shop", main: shopFrontPage(shop) };
  }
  // Who goes back to the cart has left what a buy-now button had begun.
  if (path !== "/checkout") shopper.boughtNow = null;
  const isEmpty = linesAtCheckout(shopper).length === 0;
  if (path === "/checkout" && !isEmpty) {
    applyLinked(shopper, () => applyCodes(site.state, shop, shopper));
  }
  const checkout = priceFor(site.state, shop, shopper);
  if (path === "/cart" || (path === "/checkout" && isEmpty)) {
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
  if (path === "/cart/add") addToCart(shop, shopper, variantId);
  else if (path === "/buy-now" && sells(shop, variantId)) {
    shopper.boughtNow = [{ variantId, quantity: 1 }];
    return "/checkout";
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
