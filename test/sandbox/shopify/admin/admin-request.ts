import type { IncomingHttpHeaders } from "node:http";
import type { GraphqlRequest } from "#test/sandbox/shopify/admin/read-request.ts";

/** One HTTP request to a shop's admin, read to its end. */
export interface AdminRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The API version in the path of a GraphQL request; null for every other path. */
export function versionInPath(path: string): string | null {
  return /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(path)?.[1] ?? null;
}

export function shopDomainOf({ headers }: AdminRequest): string {
  return String(headers["x-forwarded-host"] ?? headers.host ?? "");
}

export function readBody({ headers, body }: AdminRequest): Record<string, unknown> | null {
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

export function readGraphqlRequest(request: AdminRequest): GraphqlRequest | null {
  const { query, variables, operationName } = readBody(request) ?? {};
  if (typeof query !== "string") return null;
  return {
    query,
    variables: typeof variables === "object" && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === "string" ? operationName : null,
  };
}
