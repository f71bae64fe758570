import type { ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { CodeDifference } from "./code-difference.ts";
import type { RepairPorts } from "./repair-difference.ts";

/** The discount a difference is about, where we have it and Shopify has made it. */
export async function findDiscount(
  { store }: Pick<RepairPorts, "store">,
  shop: ShopDomain,
  { discountId }: CodeDifference,
): Promise<WatchedDiscount | null> {
  if (discountId === null) return null;
  const only = { after: null, only: discountId, limit: 1 };
  const [discount] = await store.seenCodes.listDiscounts(shop, only);
  return discount ?? null;
}
