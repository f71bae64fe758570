import { createHmac, randomUUID } from "node:crypto";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";

const LIFETIME_SECONDS = 60;

interface SessionTokenClaims {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The session token App Bridge would hand out for this shop; `changes` spoil it on purpose. */
export function signSessionToken(
  state: ShopifyState,
  shopDomain: string,
  changes: Partial<SessionTokenClaims> = {},
  secret = state.apiSecret,
): string {
  const now = Math.floor(state.clock.now().getTime() / 1_000);
  const claims: SessionTokenClaims = {
    iss: `https://${shopDomain}/admin`,
    dest: `https://${shopDomain}`,
    aud: state.apiKey,
    sub: "42",
    exp: now + LIFETIME_SECONDS,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: randomUUID(),
    ...changes,
  };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
