import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import type { ShopDetails } from "./shop-details.ts";
import { success, type Result } from "../result.ts";

/**
 * What we know of a shop, asked of Shopify the first time it opens the app. `tokenIssuedAt`: when
 * Shopify gave the session token of the page, which it does only while the app is installed.
 */
export async function ensureShop(
  { store, shopify, clock }: Pick<Ports, "store" | "shopify" | "clock">,
  shop: ShopDomain,
  { tokenIssuedAt }: { tokenIssuedAt?: Date } = {},
): Promise<Result<ShopDetails, ShopifyProblem>> {
  const known = await store.shops.find(shop);
  const details = known ? success(known) : await shopify.shopDetails(shop);
  if (!known && details.ok) await store.shops.save(shop, details.value, clock.now());
  if (tokenIssuedAt) await store.shops.noteOpened(shop, tokenIssuedAt);
  return details;
}
