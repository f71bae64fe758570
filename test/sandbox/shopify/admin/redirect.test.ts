import { ApiVersion, LogSeverity, RequestedTokenType, shopifyApi } from "@shopify/shopify-api";
import { expect, onTestFinished, test } from "vitest";
import { redirectShopifyTo } from "#test/sandbox/shopify/admin/redirect-shopify-to.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import { startShopify } from "#test/sandbox/shopify/server.ts";

async function redirectedLibrary() {
  const state = createShopifyState({
    apiKey: "client-id",
    apiSecret: "shpss_secret",
    scopes: ["read_orders"],
    // The library checks session tokens by the real clock.
    clock: { now: () => new Date() },
  });
  const shop = addShop(state, {
    domain: "demo-store.myshopify.com",
    name: "Demo Store",
    currency: "USD",
    ianaTimezone: "UTC",
    plan: "standard",
    products: [],
  });
  const server = await startShopify(state);
  onTestFinished(() => server.close());
  redirectShopifyTo(server.url);
  const api = shopifyApi({
    apiKey: state.apiKey,
    apiSecretKey: state.apiSecret,
    apiVersion: ApiVersion.July26,
    hostName: "app.test",
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });
  return { api, state, shop };
}

test("Shopify's own library signs in, asks and refreshes at the stand-in", async () => {
  const { api, state, shop } = await redirectedLibrary();
  const { session } = await api.auth.tokenExchange({
    shop: shop.domain,
    sessionToken: signSessionToken(state, shop.domain),
    requestedTokenType: RequestedTokenType.OfflineAccessToken,
    expiring: true,
  });
  const client = new api.clients.Graphql({ session });
  const { data } = await client.request("{ shop { myshopifyDomain } }");
  expect(data).toEqual({ shop: { myshopifyDomain: shop.domain } });

  const refreshToken = session.refreshToken ?? "";
  const refreshed = await api.auth.refreshToken({ shop: shop.domain, refreshToken });
  expect(refreshed.session.accessToken).not.toBe(session.accessToken);
});
