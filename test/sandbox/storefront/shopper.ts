import type { IncomingMessage } from "node:http";
import { randomUUID } from "node:crypto";
import type { CartLine, RefusedCode } from "#test/sandbox/shopify/checkout/checkout-price.ts";

/** One browser's cart in one shop. */
export interface Shopper {
  token: string;
  lines: CartLine[];
  /** Of the cart, as the theme and its embeds set them. */
  attributes: Record<string, string>;
  /** What a buy-now button took straight to the checkout, past the cart and its attributes. */
  boughtNow: CartLine[] | null;
  email: string;
  codes: string[];
  /** Of a discount link that was followed, until the checkout. */
  linked: string | null;
  /** Codes refused on the last try, shown once beside the field. */
  refused: RefusedCode[];
}

export interface Shoppers {
  of(request: IncomingMessage, shopDomain: string): Shopper;
}

export const CART_COOKIE = "cart";

/** Carts by cookie, as a shop keeps them; a new browser gets an empty one. */
export function createShoppers(): Shoppers {
  const known = new Map<string, Shopper>();
  return {
    of(request, shopDomain) {
      const token = cookieOf(request, CART_COOKIE) ?? randomUUID();
      const key = `${shopDomain} ${token}`;
      const shopper = known.get(key) ?? newShopper(token);
      known.set(key, shopper);
      return shopper;
    },
  };
}

function newShopper(token: string): Shopper {
  const cart = { lines: [], attributes: {}, boughtNow: null };
  return { token, ...cart, email: "", codes: [], linked: null, refused: [] };
}

export function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split("; ")) {
    const [key, value = ""] = pair.split("=");
    if (key === name) return decodeURIComponent(value);
  }
  return null;
}
