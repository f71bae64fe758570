import { expect, test } from "vitest";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import { exchangeBody, testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";

const HOUR_MS = 60 * 60 * 1_000;
const TOKEN_PATH = "/admin/oauth/access_token";

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  refresh_token_expires_in: number;
  scope: string;
}

async function exchange(admin: TestAdmin, sessionToken?: string): Promise<Response> {
  const token = sessionToken ?? signSessionToken(admin.state, admin.shop.domain);
  return admin.post(TOKEN_PATH, exchangeBody(admin.state, token));
}

async function exchangeTokens(admin: TestAdmin): Promise<Tokens> {
  return (await (await exchange(admin)).json()) as Tokens;
}

async function refresh(admin: TestAdmin, refreshToken: string): Promise<Response> {
  return admin.post(TOKEN_PATH, {
    client_id: admin.state.apiKey,
    client_secret: admin.state.apiSecret,
    grant_type: "refresh_token",
    refresh_token: refreshToken,
  });
}

async function statusWith(admin: TestAdmin, accessToken: string): Promise<number> {
  const path = "/admin/api/2026-07/graphql.json";
  const headers = { "x-shopify-access-token": accessToken };
  return (await admin.post(path, { query: "{ shop { name } }" }, headers)).status;
}

test("a session token is exchanged for an expiring offline token with the app's scopes", async () => {
  const admin = await testAdmin({ scopes: ["read_orders", "write_discounts"] });
  const tokens = await exchangeTokens(admin);
  expect(tokens).toMatchObject({
    scope: "read_orders,write_discounts",
    expires_in: 3_600,
    refresh_token_expires_in: 7_776_000,
  });
  expect(await statusWith(admin, tokens.access_token)).toBe(200);
});

test("a session token that is forged, stale, or meant for another is refused", async () => {
  const admin = await testAdmin();
  const { state, shop } = admin;
  const past = Math.floor(state.clock.now().getTime() / 1_000) - 120;
  const bad = [
    "no.jwt",
    signSessionToken(state, shop.domain, {}, "another secret"),
    signSessionToken(state, shop.domain, { exp: past }),
    signSessionToken(state, shop.domain, { aud: "another app" }),
    signSessionToken(state, shop.domain, { dest: "https://other-store.myshopify.com" }),
  ];
  for (const token of bad) {
    const response = await exchange(admin, token);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: "invalid_subject_token" });
  }
});

test("an access token is refused after its hour", async () => {
  const admin = await testAdmin();
  const { access_token: token } = await exchangeTokens(admin);
  admin.pass(HOUR_MS + 1);
  expect(await statusWith(admin, token)).toBe(401);
});

test("a refresh token gives a new pair, and the former access token keeps its hour", async () => {
  const admin = await testAdmin();
  const first = await exchangeTokens(admin);
  const second = (await (await refresh(admin, first.refresh_token)).json()) as Tokens;
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(await statusWith(admin, first.access_token)).toBe(200);
  expect(await statusWith(admin, second.access_token)).toBe(200);
});

test("a used refresh token is refused", async () => {
  const admin = await testAdmin();
  const { refresh_token: token } = await exchangeTokens(admin);
  await refresh(admin, token);
  const again = await refresh(admin, token);
  expect(again.status).toBe(401);
  expect(await again.json()).toEqual({
    error: "invalid_request",
    error_description: "This request requires an active refresh_token",
  });
});

test("a wrong client secret gets no token", async () => {
  const admin = await testAdmin();
  const token = signSessionToken(admin.state, admin.shop.domain);
  const body = { ...exchangeBody(admin.state, token), client_secret: "guessed" };
  expect((await admin.post(TOKEN_PATH, body)).status).toBe(400);
});

test("an offline token that never expires is not issued", async () => {
  const admin = await testAdmin();
  const token = signSessionToken(admin.state, admin.shop.domain);
  const body = { ...exchangeBody(admin.state, token), expiring: "0" };
  expect((await admin.post(TOKEN_PATH, body)).status).toBe(400);
});

test("after the app is uninstalled its tokens are refused", async () => {
  const admin = await testAdmin();
  const tokens = await exchangeTokens(admin);
  admin.shop.installation = null;
  expect(await statusWith(admin, tokens.access_token)).toBe(401);
  expect((await refresh(admin, tokens.refresh_token)).status).toBe(401);
});

test("a shop that does not exist is not found", async () => {
  const admin = await testAdmin();
  const headers = { "x-forwarded-host": "nobody.myshopify.com" };
  expect((await admin.post(TOKEN_PATH, {}, headers)).status).toBe(404);
});
