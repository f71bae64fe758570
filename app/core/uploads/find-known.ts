import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import type { KnownCode } from "./judge-upload.ts";

/**
 * Asks the shop's own table what exists of some codes. One under another discount is not this
 * upload's to touch; what only Shopify knows of is found out when a code is made.
 */
export function findKnownIn(
  { codes }: Pick<Stores, "codes">,
  shop: ShopDomain,
  discountId: string,
): (wanted: DiscountCode[]) => Promise<ReadonlyMap<DiscountCode, KnownCode>> {
  return async (wanted) => {
    const own = await codes.listOwn(shop, wanted);
    return new Map(
      own.map(({ code, partner, startsAt, ...of }): [DiscountCode, KnownCode] => {
        if (of.discountId !== discountId) {
          return [code, { kind: "foreign", where: `by your discount “${of.discountTitle}”` }];
        }
        // Neither an end of its own nor a reach is kept of a code yet.
        return [code, { kind: "ours", partner, startsAt, endsAt: null, reach: null }];
      }),
    );
  };
}
