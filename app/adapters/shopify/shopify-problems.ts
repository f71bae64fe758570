import { ACCESS_DENIED, SHOP_CLOSED } from "#app/core/orders/held-back.ts";
import { GraphqlQueryError, HttpResponseError, HttpThrottlingError } from "@shopify/shopify-api";
import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { errorsTold } from "./errors-told.ts";

const throttledBody = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({
        currentlyAvailable: z.number(),
        restoreRate: z.number().positive(),
      }),
    }),
  }),
});

/** Whatever the Shopify library throws → what it means and when to come back. */
export function problemForError(error: unknown, now: Date): ShopifyProblem {
  if (error instanceof HttpThrottlingError) return throttled(error.response.retryAfter ?? 1, now);
  if (error instanceof GraphqlQueryError) return problemForGraphqlError(error, now);
  if (error instanceof HttpResponseError) {
    return problemForStatus((error as HttpResponseError).response.code);
  }
  // The library answers a failed token refresh with a thrown Response.
  if (error instanceof Response) return problemForStatus(error.status);
  // No token is kept for this shop.
  if (error instanceof SessionNotFoundError) return accessDenied("no session");
  return unavailable(String(error));
}

function problemForGraphqlError(error: GraphqlQueryError, now: Date): ShopifyProblem {
  const told = errorsTold(error);
  const codes = new Set(told.map(({ code }) => code));
  const cause = JSON.stringify(told);
  if (codes.has("THROTTLED")) return throttled(secondsUntilRestored(error), now);
  if (codes.has("ACCESS_DENIED")) return accessDenied(cause);
  if (codes.has("SHOP_INACTIVE")) return shopClosed(cause);
  if (codes.has("INTERNAL_SERVER_ERROR")) return unavailable(cause);
  const message = "Shopify refused the request. Please tell our support.";
  return { kind: "refused", retry: "never", message, cause };
}

/** The library throws on a 200 THROTTLED, so the wait is ours to work out from the bucket. */
function secondsUntilRestored({ body, response }: GraphqlQueryError): number {
  for (const candidate of [body, response]) {
    const parsed = throttledBody.safeParse(candidate);
    if (!parsed.success) continue;
    const { requestedQueryCost, throttleStatus } = parsed.data.extensions.cost;
    const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
    return Math.max(missing, 0) / throttleStatus.restoreRate;
  }
  return 1;
}

function problemForStatus(status: number): ShopifyProblem {
  if (status === 401 || status === 403) return accessDenied(`HTTP ${status}`);
  if (status === 402 || status === 423) return shopClosed(`HTTP ${status}`);
  if (status === 404) return notFound();
  return unavailable(`HTTP ${status}`);
}

function throttled(seconds: number, now: Date): ShopifyProblem {
  return {
    kind: "throttled",
    retry: "later",
    message: "Shopify asks us to slow down. It goes on by itself.",
    retryAt: new Date(now.getTime() + Math.ceil(seconds * 1_000)),
  };
}

/** 402 frozen, 423 locked, SHOP_INACTIVE not active: https://shopify.dev/docs/api/usage/response-codes. */
export function shopClosed(cause: string): ShopifyProblem {
  return { kind: "shop-closed", retry: "later", message: SHOP_CLOSED, cause };
}

/** Opening the app once renews its token, and what waits goes out then. */
export function accessDenied(cause: string): ShopifyProblem {
  return {
    kind: "access-denied",
    retry: "later",
    message: ACCESS_DENIED,
    cause,
  };
}

export function notFound(): ShopifyProblem {
  return { kind: "not-found", retry: "never", message: "Shopify no longer knows it." };
}

export function unavailable(cause: string): ShopifyProblem {
  return {
    kind: "unavailable",
    retry: "later",
    message: "Shopify could not be reached. It is tried again by itself.",
    cause,
  };
}
