import { addRedeemCode } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";
import type { World } from "#test/support/world.ts";

/** A discount with one code that the merchant, or another app, made in Shopify. */
export function makeInShopify(
  { shopifyState, shop, clock }: Pick<World, "shopifyState" | "shop" | "clock">,
  code: string,
  title: string,
): void {
  const discount: Discount = {
    id: `gid://shopify/DiscountCodeNode/by-hand-${code}`,
    title,
    value: { kind: "percentage", fraction: 0.1 },
    startsAt: clock.now(),
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    minimum: null,
    combinesWith: { order: false, product: false, shipping: false },
    tags: [],
    createdAt: clock.now(),
    updatedAt: clock.now(),
  };
  shop.discounts.set(discount.id, discount);
  addRedeemCode(shopifyState, shop, discount, code);
}
