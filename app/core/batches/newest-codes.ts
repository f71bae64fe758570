import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";

/** So many pages cost no more points than asking for the 250 codes of a part by themselves. */
const MOST_PAGES = 40;

/** The codes of one discount as Shopify lists them, the newest first. */
export interface NewestCodes {
  /** Those of these codes that the discount was not seen to have, after 10,000 more of its codes at most. */
  without<Of extends { code: DiscountCode }>(
    shopifyId: string,
    codes: readonly Of[],
  ): Promise<Result<Of[], ShopifyProblem>>;
}

/**
 * For one run of a batch, whose codes are all of one discount: a page is read once, whichever of its parts lost an answer. What is made
 * after the first page was read is not seen.
 */
export function createNewestCodes(
  { shopify }: Pick<Ports, "shopify">,
  shop: ShopDomain,
): NewestCodes {
  const seen = new Set<DiscountCode>();
  let [after, isEnd]: [string | null, boolean] = [null, false];
  return {
    async without(shopifyId, codes) {
      let open = codes.filter(({ code }) => !seen.has(code));
      for (let page = 0; page < MOST_PAGES && open.length > 0 && !isEnd; page += 1) {
        const newest = await shopify.listNewestCodes(shop, shopifyId, after);
        if (!newest.ok) return newest;
        for (const code of newest.value.codes) seen.add(code);
        [after, isEnd] = [newest.value.next, newest.value.next === null];
        open = open.filter(({ code }) => !seen.has(code));
      }
      return success(open);
    },
  };
}
