import { createHmac, timingSafeEqual } from "node:crypto";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";

/** Shopify's own tolerance for clocks that disagree (shopify.md §5). */
const CLOCK_TOLERANCE_SECONDS = 10;

interface Claims {
  dest?: unknown;
  aud?: unknown;
  exp?: unknown;
  nbf?: unknown;
}

function readJson(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function signatureMatches(signed: string, signature: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(signed).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether a session token was signed by this app's secret for this shop and is still in time. */
export function isValidSessionToken(state: ShopifyState, shop: string, token: string): boolean {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || readJson(header)?.["alg"] !== "HS256") return false;
  if (!signatureMatches(`${header}.${payload}`, signature, state.apiSecret)) return false;
  const claims: Claims = readJson(payload) ?? {};
  const now = state.clock.now().getTime() / 1_000;
  return (
    claims.aud === state.apiKey &&
    claims.dest === `https://${shop}` &&
    typeof claims.exp === "number" &&
    claims.exp + CLOCK_TOLERANCE_SECONDS > now &&
    (typeof claims.nbf !== "number" || claims.nbf - CLOCK_TOLERANCE_SECONDS <= now)
  );
}
