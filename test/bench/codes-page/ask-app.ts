import type { ShopDomain } from "#app/core/ids.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";

/** An address of the app as App Bridge asks for it: authenticated, and its data as JSON. */
export interface Address {
  path: string;
  route: string;
  /** What is in its answer when it is the right one. */
  says: string;
  query: Record<string, string>;
}

/** How long the app took to answer, in milliseconds. Throws where it answered something else. */
export async function askApp(
  { appUrl, state, shop }: { appUrl: string; state: ShopifyState; shop: ShopDomain },
  { path, route, says, query }: Address,
): Promise<number> {
  const fields = new URLSearchParams({ ...query, _data: route });
  const headers = {
    authorization: `Bearer ${signSessionToken(state, shop)}`,
    "user-agent": "Mozilla/5.0 Chrome/140.0",
  };
  const begun = performance.now();
  const answer = await fetch(`${appUrl}${path}?${fields}`, { headers });
  const text = await answer.text();
  const ms = performance.now() - begun;
  if (!answer.ok || !text.includes(says)) {
    throw new Error(`${path}?${fields} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return ms;
}
