import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ListedDiscount, ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";

export interface AdoptableDiscount extends ListedDiscount {
  /** How many of its codes are managed here. */
  managed: number;
}

interface Asked {
  shop: ShopDomain;
  /** In titles; "" is all. */
  search: string;
  after: string | null;
}

/** A page of all code discounts of the shop, whoever made them, newest first. */
export async function listAdoptable(
  { store, shopify }: Pick<Ports, "store" | "shopify">,
  { shop, search, after }: Asked,
): Promise<Result<{ discounts: AdoptableDiscount[]; next: string | null }, ShopifyProblem>> {
  const page = await shopify.listDiscounts(shop, { search, after });
  if (!page.ok) return page;
  const ids = page.value.discounts.map(({ shopifyId }) => shopifyId);
  const managed = await store.adoptions.countManaged(shop, ids);
  const discounts = page.value.discounts.map((one) => ({
    ...one,
    managed: managed.get(one.shopifyId) ?? 0,
  }));
  return success({ discounts, next: page.value.next });
}
