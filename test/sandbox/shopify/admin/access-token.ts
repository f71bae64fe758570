import { randomBytes } from "node:crypto";
import { fullBucket } from "#test/sandbox/shopify/admin/bucket.ts";
import { isValidSessionToken } from "#test/sandbox/shopify/admin/session-token.ts";
import type { Installation, Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

const ACCESS_TOKEN_SECONDS = 60 * 60;
const REFRESH_TOKEN_SECONDS = 90 * 24 * 60 * 60;

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE_TOKEN = "urn:shopify:params:oauth:token-type:offline-access-token";

interface OAuthAnswer {
  status: number;
  body: Record<string, unknown>;
}

function refuse(status: number, error: string, description?: string): OAuthAnswer {
  return {
    status,
    body: description ? { error, error_description: description } : { error },
  };
}

function inSeconds(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

function issueTokens(installation: Installation, now: Date): OAuthAnswer {
  const accessToken = `shpat_${randomBytes(16).toString("hex")}`;
  const refreshToken = `shprt_${randomBytes(16).toString("hex")}`;
  installation.accessTokens.set(accessToken, {
    expiresAt: inSeconds(now, ACCESS_TOKEN_SECONDS),
    scopes: [...installation.scopes],
  });
  installation.refreshTokens.set(refreshToken, {
    expiresAt: inSeconds(now, REFRESH_TOKEN_SECONDS),
    used: false,
  });
  return {
    status: 200,
    body: {
      access_token: accessToken,
      scope: installation.scopes.join(","),
      expires_in: ACCESS_TOKEN_SECONDS,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_SECONDS,
    },
  };
}

/** Shopify managed installation: whoever opens the app has it installed with the toml's scopes. */
function install(state: ShopifyState, shop: Shop): Installation {
  const installation = shop.installation ?? {
    scopes: [],
    accessTokens: new Map(),
    refreshTokens: new Map(),
    bucket: fullBucket(shop, state.clock.now()),
  };
  installation.scopes = [...state.scopes, ...shop.grantedScopes];
  shop.installation = installation;
  return installation;
}

function exchange(state: ShopifyState, shop: Shop, body: Record<string, unknown>): OAuthAnswer {
  if (body["subject_token_type"] !== ID_TOKEN) {
    return refuse(400, "invalid_request", "subject_token_type must be an id_token.");
  }
  if (body["requested_token_type"] !== OFFLINE_TOKEN) {
    return refuse(400, "invalid_request", "This stand-in issues offline access tokens only.");
  }
  // Public apps created since 2026-04-01 get expiring offline tokens or none (shopify.md §5).
  if (body["expiring"] !== "1") {
    return refuse(400, "invalid_request", "Ask for an expiring offline token: expiring=1.");
  }
  if (!isValidSessionToken(state, shop.domain, String(body["subject_token"] ?? ""))) {
    return refuse(400, "invalid_subject_token");
  }
  return issueTokens(install(state, shop), state.clock.now());
}

/** A refresh token works once; the access token issued before it keeps its own hour. */
function refresh(state: ShopifyState, shop: Shop, body: Record<string, unknown>): OAuthAnswer {
  const now = state.clock.now();
  const token = shop.installation?.refreshTokens.get(String(body["refresh_token"] ?? ""));
  if (!shop.installation || !token || token.used || token.expiresAt <= now) {
    return refuse(401, "invalid_request", "This request requires an active refresh_token");
  }
  token.used = true;
  return issueTokens(shop.installation, now);
}

/** POST /admin/oauth/access_token */
export function answerAccessTokenRequest(
  state: ShopifyState,
  shop: Shop,
  body: Record<string, unknown>,
): OAuthAnswer {
  if (body["client_id"] !== state.apiKey || body["client_secret"] !== state.apiSecret) {
    return refuse(400, "invalid_client");
  }
  if (body["grant_type"] === TOKEN_EXCHANGE) return exchange(state, shop, body);
  if (body["grant_type"] === "refresh_token") return refresh(state, shop, body);
  return refuse(400, "unsupported_grant_type");
}
