import type { IncomingMessage } from "node:http";
import { clickIdIn } from "#test/sandbox/shopify/orders/click-id-in.ts";
import { cookieOf } from "./shopper.ts";

const THIRTY_DAYS_S = 30 * 24 * 60 * 60;
const LANDING = "landing";
const CLICK = "click";

export interface RememberedVisit {
  landingUrl: string;
  /** The newest click id under the name of its parameter, as the theme embed writes it. */
  cartAttributes: Record<string, string>;
}

/**
 * First-party cookies for this request: Shopify's own note of the first page of the visit, and the
 * click id of the newest landing, which outlives the visit.
 */
export function visitCookies(request: IncomingMessage, shopPath: string): string[] {
  const url = request.url ?? "/";
  const cookies: string[] = [];
  if (cookieOf(request, LANDING) === null) {
    const landing = encodeURIComponent(url.slice(shopPath.length) || "/");
    cookies.push(`${LANDING}=${landing}; Path=${shopPath}; SameSite=Lax`);
  }
  const click = clickIdIn(url);
  if (click) {
    const value = encodeURIComponent(`${click.parameter}=${click.clickId}`);
    cookies.push(`${CLICK}=${value}; Path=${shopPath}; Max-Age=${THIRTY_DAYS_S}; SameSite=Lax`);
  }
  return cookies;
}

export function rememberedVisit(request: IncomingMessage): RememberedVisit {
  const click = cookieOf(request, CLICK);
  const name = click?.slice(0, click.indexOf("="));
  return {
    landingUrl: cookieOf(request, LANDING) ?? "/",
    cartAttributes: name && click ? { [name]: click.slice(name.length + 1) } : {},
  };
}
