import type { IncomingMessage } from "node:http";
import { cookieOf } from "./shopper.ts";

const LANDING = "landing";

/** Shopify's own note of the first page of the visit, as a cookie for this request; none if it is there. */
export function visitCookies(request: IncomingMessage, shopPath: string): string[] {
  if (cookieOf(request, LANDING) !== null) return [];
  const landing = encodeURIComponent((request.url ?? "/").slice(shopPath.length) || "/");
  return [`${LANDING}=${landing}; Path=${shopPath}; SameSite=Lax`];
}

export function landingOf(request: IncomingMessage): string {
  return cookieOf(request, LANDING) ?? "/";
}
