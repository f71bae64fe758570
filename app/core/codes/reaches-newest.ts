import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Shopify, ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";

/**
 * Whether a list of a discount's codes from the oldest on, of which this is the last page, goes as far
 * as the newest ones. Where Shopify says no more than “at least so many”, its count is no proof of that.
 */
export async function reachesNewest(
  { listNewestCodes }: Pick<Shopify, "listNewestCodes">,
  { shop, shopifyId }: { shop: ShopDomain; shopifyId: string },
  lastPage: readonly DiscountCode[],
): Promise<Result<boolean, ShopifyProblem>> {
  const newest = await listNewestCodes(shop, shopifyId, null);
  if (!newest.ok) return newest;
  const last = lastPage.at(-1);
  const { codes } = newest.value;
  // Of some kinds of discounts the newest codes can't be listed.
  return success(codes.length === 0 || (last !== undefined && codes.includes(last)));
}
