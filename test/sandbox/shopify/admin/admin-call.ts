import {
  readGraphqlRequest,
  shopDomainOf,
  versionInPath,
} from "#test/sandbox/shopify/admin/admin-request.ts";
import type { AdminRequest } from "#test/sandbox/shopify/admin/admin-request.ts";
import type { QueryCost } from "#test/sandbox/shopify/admin/execute-admin-request.ts";

/** One GraphQL call that the app made, for tests to look at. */
export interface AdminCall {
  shop: string;
  operationName: string | null;
  query: string;
  variables: Record<string, unknown>;
  /** Null where nothing was costed: a bad token, an invalid document, a failure on command. */
  cost: QueryCost | null;
  status: number;
}

export function adminCall(
  request: AdminRequest,
  status: number,
  cost: QueryCost | null,
): AdminCall | null {
  const asked = versionInPath(request.path) ? readGraphqlRequest(request) : null;
  if (!asked) return null;
  const named = /\b(?:query|mutation)\s+(\w+)/.exec(asked.query)?.[1];
  return {
    shop: shopDomainOf(request),
    operationName: asked.operationName ?? named ?? null,
    query: asked.query,
    variables: asked.variables,
    cost,
    status,
  };
}
