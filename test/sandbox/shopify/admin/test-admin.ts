import { onTestFinished } from "vitest";
import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import { startShopify } from "#test/sandbox/shopify/server.ts";
import type { ShopifyOptions, ShopifyServer } from "#test/sandbox/shopify/server.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { PlanName, Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

const SCOPES = ["read_discounts", "write_discounts", "read_orders", "read_products"];

export interface TestAdmin {
  server: ShopifyServer;
  state: ShopifyState;
  shop: Shop;
  /** Moves the stand-in's clock. */
  pass(ms: number): void;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Response>;
  /** Whoever asks says what shape of data the answer has. */
  graphql<T>(query: string, variables?: object): Promise<GraphqlAnswer<T>>;
}

interface GraphqlAnswer<T> {
  data: T;
  errors?: { message: string; path?: string[]; extensions?: Record<string, unknown> }[];
  extensions: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number };
    };
  };
}

export interface TestAdminOptions extends ShopifyOptions {
  plan?: PlanName;
  scopes?: string[];
  currency?: string;
}

function stateWithClock(scopes: string[]) {
  let now = new Date("2026-11-23T10:00:00Z").getTime();
  const state = createShopifyState({
    apiKey: "client-id",
    apiSecret: "shpss_secret",
    scopes,
    clock: { now: () => new Date(now) },
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { state, pass };
}

export function exchangeBody(state: ShopifyState, sessionToken: string) {
  return {
    client_id: state.apiKey,
    client_secret: state.apiSecret,
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: sessionToken,
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    expiring: "1",
  };
}

/** A running stand-in with one shop that has the app installed; closed when the test ends. */
export async function testAdmin(options: TestAdminOptions = {}): Promise<TestAdmin> {
  const { state, pass } = stateWithClock(options.scopes ?? SCOPES);
  const shop = addShop(state, {
    domain: "demo-store.myshopify.com",
    name: "Demo Store",
    currency: options.currency ?? "USD",
    ianaTimezone: "America/New_York",
    plan: options.plan ?? "standard",
    products: [
      { title: "Trail Pack", productType: "Bags", variants: [{ sku: "PACK-1", price: 9_900 }] },
    ],
  });
  const server = await startShopify(state, options);
  onTestFinished(() => server.close());
  const post: TestAdmin["post"] = (path, body, headers = {}) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", "x-forwarded-host": shop.domain, ...headers },
    });
  const exchanged = await post(
    "/admin/oauth/access_token",
    exchangeBody(state, signSessionToken(state, shop.domain)),
  );
  const { access_token: accessToken } = (await exchanged.json()) as { access_token: string };
  const graphql = async <T>(query: string, variables: object = {}) => {
    const headers = { "x-shopify-access-token": accessToken };
    const response = await post("/admin/api/2026-07/graphql.json", { query, variables }, headers);
    return (await response.json()) as GraphqlAnswer<T>;
  };
  return { server, state, shop, pass, post, graphql };
}
