import type { IncomingMessage } from "node:http";
import { cookieOf } from "./shopper.ts";

/** Shopify's own note of the first page of a visit. */
export const LANDING_COOKIE = "landing";

/** Notes it for this request; none if it is noted. */
export function visitCookies(request: IncomingMessage, shopPath: string): string[] {
  if (cookieOf(request, LANDING_COOKIE) !== null) return [];
  const landing = encodeURIComponent((request.url ?? "/").slice(shopPath.length) || "/");
  return [`${LANDING_COOKIE}=${landing}; Path=${shopPath}; SameSite=Lax`];
}

export function landingOf(request: IncomingMessage): string {
  return cookieOf(request, LANDING_COOKIE) ?? "/";
}
