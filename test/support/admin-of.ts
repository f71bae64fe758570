import "@shopify/shopify-api/adapters/node";
import { ApiVersion, RequestedTokenType, shopifyApi } from "@shopify/shopify-api";
import type { AdminGraphql } from "#app/adapters/shopify/admin-client.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";
import type { TestClock } from "./test-clock.ts";

/** The library's own Admin client on an offline token got by token exchange. */
export function adminOf(
  state: ShopifyState,
  clock: TestClock,
): (shop: ShopDomain) => Promise<AdminGraphql> {
  const api = shopifyApi({
    apiKey: state.apiKey,
    apiSecretKey: state.apiSecret,
    apiVersion: ApiVersion.July26,
    hostName: "app.example.com",
    isEmbeddedApp: true,
    logger: { level: 0 },
  });
  return async (shop) => {
    const { session } = await api.auth.tokenExchange({
      shop,
      sessionToken: signSessionToken(state, shop, tokenTimes()),
      requestedTokenType: RequestedTokenType.OfflineAccessToken,
      expiring: true,
    });
    const client = new api.clients.Graphql({ session });
    return {
      graphql: async (document, how) => {
        const answer = await client.request(document, how);
        return { json: async () => answer };
      },
    };
  };

  // The library checks session tokens against the wall clock, the stand-in against the test's.
  function tokenTimes() {
    const wall = Math.floor(Date.now() / 1_000);
    const test = Math.floor(clock.now().getTime() / 1_000);
    return { iat: Math.min(wall, test), nbf: Math.min(wall, test), exp: Math.max(wall, test) + 60 };
  }
}
