import { apiTable } from "./api-table.ts";
import type { Endpoint, Method } from "./endpoint.ts";

type FoundEndpoint =
  | { kind: "found"; endpoint: Endpoint; params: Record<string, string> }
  | { kind: "other methods"; allowed: Method[] }
  | { kind: "none" };

const templates = apiTable.map((endpoint) => ({ endpoint, wanted: endpoint.path.split("/") }));

export function findEndpoint(method: string, path: string): FoundEndpoint {
  const allowed: Method[] = [];
  const given = path.split("/");
  for (const { endpoint, wanted } of templates) {
    const params = matchPath(wanted, given);
    if (params === null) continue;
    if (endpoint.method === method) return { kind: "found", endpoint, params };
    allowed.push(endpoint.method);
  }
  return allowed.length > 0 ? { kind: "other methods", allowed } : { kind: "none" };
}

function matchPath(
  wanted: readonly string[],
  given: readonly string[],
): Record<string, string> | null {
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== value) return null;
      continue;
    }
    const decoded = decode(value);
    if (decoded === null || decoded === "") return null;
    params[part.slice(1, -1)] = decoded;
  }
  return params;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
