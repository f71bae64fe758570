import { answerAccessTokenRequest } from "#test/sandbox/shopify/admin/access-token.ts";
import type { AdminJobs } from "#test/sandbox/shopify/admin/admin-jobs.ts";
import { adminVersions, loadAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import { executeAdminRequest } from "#test/sandbox/shopify/admin/execute-admin-request.ts";
import type { GraphqlReply, QueryCost } from "#test/sandbox/shopify/admin/execute-admin-request.ts";
import {
  readBody,
  readGraphqlRequest,
  shopDomainOf,
  versionInPath,
} from "#test/sandbox/shopify/admin/admin-request.ts";
import type { AdminRequest } from "#test/sandbox/shopify/admin/admin-request.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

export interface AdminSettings {
  jobs: AdminJobs;
  /** 200 as documented, or 429 as some sources have it (shopify.md §2). */
  throttleStatus: 200 | 429;
  redeemCodeErrorsCarryCode: boolean;
  redeemCodesAreIndexed: boolean;
  removedCodesAreFound: boolean;
  redeemCodesAreListed: boolean;
  codesAreCountedTo: number;
  lastRedeemCodeStays: boolean;
  deniedFields: string[];
  /** Hears of each webhook that a change by way of the Admin API brings. */
  announce: (shop: Shop, change: OrderWebhook) => void;
}

export interface AdminAnswer {
  status: number;
  body: object;
  headers?: Record<string, string>;
  cost?: QueryCost | null;
}

function liveToken(state: ShopifyState, shop: Shop, request: AdminRequest) {
  const given = request.headers["x-shopify-access-token"];
  const token = shop.installation?.accessTokens.get(String(given));
  return shop.installation && token && token.expiresAt > state.clock.now()
    ? { installation: shop.installation, scopes: token.scopes }
    : null;
}

function statusOf(reply: GraphqlReply, settings: AdminSettings): number {
  const throttled = reply.errors?.some(
    ({ extensions }) => (extensions as { code?: unknown } | undefined)?.code === "THROTTLED",
  );
  return throttled ? settings.throttleStatus : 200;
}

/** As https://shopify.dev/docs/api/usage/response-codes has it: the code comes with HTTP 200. 403: as others met it. */
function answerClosed(closedAs: NonNullable<Shop["closedAs"]>): AdminAnswer {
  if (closedAs !== "SHOP_INACTIVE")
    return { status: closedAs, body: { errors: "Unavailable Shop" } };
  const errors = [{ message: "The shop is not active.", extensions: { code: closedAs } }];
  return { status: 200, body: { errors } };
}

async function answerGraphql(
  state: ShopifyState,
  settings: AdminSettings,
  shop: Shop,
  request: AdminRequest,
  throttle: boolean,
): Promise<AdminAnswer> {
  const wanted = versionInPath(request.path);
  const version = adminVersions.find((each) => each === wanted);
  if (!version) return { status: 404, body: { errors: "Not Found" } };
  const access = liveToken(state, shop, request);
  if (!access) {
    const errors = "[API] Invalid API key or access token (unrecognized login or wrong password)";
    return { status: 401, body: { errors } };
  }
  if (shop.closedAs !== null) return answerClosed(shop.closedAs);
  const asked = readGraphqlRequest(request);
  if (!asked)
    return { status: 400, body: { errors: { query: "Required parameter missing or invalid" } } };
  const context = { ...settings, ...access, state, shop, now: state.clock.now() };
  const admin = await loadAdminSchema(version);
  const reply = await executeAdminRequest(admin, context, asked, { throttle });
  const status = statusOf(reply, settings);
  const headers = { "x-shopify-api-version": version };
  return {
    status,
    body: reply,
    headers: status === 429 ? { ...headers, "retry-after": "1" } : headers,
    cost: reply.extensions?.cost ?? null,
  };
}

/** Routes one request to a shop's admin: tokens or GraphQL, anything else is not there. */
export async function answerAdminRequest(
  state: ShopifyState,
  settings: AdminSettings,
  request: AdminRequest,
  throttle: boolean,
): Promise<AdminAnswer> {
  const shop = state.shops.get(shopDomainOf(request));
  if (!shop || request.method !== "POST") return { status: 404, body: { errors: "Not Found" } };
  if (versionInPath(request.path)) return answerGraphql(state, settings, shop, request, throttle);
  if (request.path !== "/admin/oauth/access_token") {
    return { status: 404, body: { errors: "Not Found" } };
  }
  const body = readBody(request);
  if (!body) return { status: 400, body: { error: "invalid_request" } };
  return answerAccessTokenRequest(state, shop, body);
}
