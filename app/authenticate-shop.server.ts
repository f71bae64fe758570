import type { ShopDomain } from "./core/ids.ts";
import { isShopDomain } from "./core/ids.ts";
import type { ShopDetails } from "./core/shops/shop-details.ts";
import { missingPowers, seesAllOrders } from "./core/shops/scopes.ts";
import { services } from "./services.server.ts";
import { authenticate } from "./shopify.server.ts";

export interface SignedInShop extends ShopDetails {
  shop: ShopDomain;
  /** The merchant has granted read_all_orders, as told by app/scopes_update and anew with each access token. */
  seesAllOrders: boolean;
  /** What the app needs to do, and Shopify does not let it. */
  missingPowers: string[];
}

/**
 * The shop a session token speaks for: the only shop a route may touch. Throws the library's own
 * Response where there is no valid token, and a 503 with a sentence where Shopify can't be asked.
 */
export async function authenticateShop(request: Request): Promise<SignedInShop> {
  // No text of ours has this character, and PostgreSQL takes none with it.
  if (request.url.includes("%00")) throw new Response(null, { status: 404 });
  const { session, sessionToken } = await authenticate.admin(request);
  if (!isShopDomain(session.shop)) throw new Response("No such shop", { status: 400 });
  const tokenIssuedAt = new Date(sessionToken.iat * 1_000);
  const details = await services.ensureShop(session.shop, { tokenIssuedAt });
  if (!details.ok) throw new Response(details.problem.message, { status: 503 });
  // A token whose scopes were never told is taken to have what the app needs.
  const scopes = session.scope ? session.scope.split(",") : null;
  return {
    shop: session.shop,
    seesAllOrders: scopes !== null && seesAllOrders(scopes),
    missingPowers: scopes ? missingPowers(scopes) : [],
    ...details.value,
  };
}
