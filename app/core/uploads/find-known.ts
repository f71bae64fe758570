import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { OwnCode } from "../ports/code-stores.ts";
import type { Stores } from "../ports/store.ts";
import type { KnownCode } from "./judge-upload.ts";

/**
 * Asks the shop's own table what exists of some codes. One under another discount is not this
 * upload's to touch; what only Shopify knows of, it is asked for.
 */
export function findKnownIn(
  { codes, families }: Pick<Stores, "codes" | "families">,
  shop: ShopDomain,
  discountId: string,
): (wanted: DiscountCode[]) => Promise<Map<DiscountCode, KnownCode>> {
  return async (wanted) => {
    const known = new Map<DiscountCode, KnownCode>();
    for (const [code, partnerId] of await families.findElsewhere(shop, wanted)) {
      known.set(code, { kind: "of-family", partnerId, family: null });
    }
    for (const [code, family] of await families.findFor(shop, wanted)) {
      const { partnerId } = family.partner;
      known.set(code, { kind: "of-family", partnerId, family });
    }
    for (const one of await codes.listOwn(shop, wanted)) {
      // It never came to be: this upload makes it.
      const isNew = one.shopifyState === "failed" && !one.wasLive && one.discountId === discountId;
      if (isNew) continue;
      known.set(one.code, knownOf(one, discountId));
    }
    return known;
  };
}

function knownOf(
  { partner, startsAt, endsAt, reach, ...of }: OwnCode,
  discountId: string,
): KnownCode {
  if (of.discountId !== discountId) {
    return { kind: "foreign", where: `by your discount “${of.discountTitle}”` };
  }
  const standing = STANDINGS[of.shopifyState];
  return { kind: "ours", standing, partner, startsAt, endsAt, reach: reach ?? "ALWAYS" };
}

const STANDINGS = {
  ...({ planned: "standing", live: "standing" } as const),
  ...({ failed: "failed", retired: "retired" } as const),
};
