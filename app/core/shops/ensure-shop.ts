import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import type { ShopDetails } from "./shop-details.ts";
import { success, type Result } from "../result.ts";

/** What we know of a shop, asked of Shopify the first time it opens the app. */
export async function ensureShop(
  { store, shopify, clock }: Pick<Ports, "store" | "shopify" | "clock">,
  shop: ShopDomain,
): Promise<Result<ShopDetails, ShopifyProblem>> {
  const known = await store.shops.find(shop);
  if (known) return success(known);
  const details = await shopify.shopDetails(shop);
  if (details.ok) await store.shops.save(shop, details.value, clock.now());
  return details;
}
