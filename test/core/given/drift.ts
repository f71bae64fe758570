import type { DiscountCode } from "#app/core/ids.ts";
import { addRedeemCode, deleteRedeemCodes } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";
import type { PromoCode } from "#test/sandbox/impact/state.ts";
import type { World } from "#test/support/world.ts";

/** The discount at Shopify that has this code. */
export function discountWith({ shop }: Pick<World, "shop">, code: string): Discount {
  const redeemCode = shop.codes.get(code.toLowerCase()) ?? shop.codes.get(code);
  const discount = shop.discounts.get(redeemCode?.discountId ?? "");
  if (!discount) throw new Error(`Shopify has no ${code}`);
  return discount;
}

/** Somebody adds a code to a discount of ours in Shopify's admin. */
export function addInShopify(world: World, discount: Discount, code: string): void {
  addRedeemCode(world.shopifyState, world.shop, discount, code);
}

export function removeInShopify({ shop }: Pick<World, "shop">, code: string): void {
  deleteRedeemCodes(shop, (one) => one.code === code);
}

export function deleteInShopify({ shop }: Pick<World, "shop">, discount: Discount): void {
  shop.discounts.delete(discount.id);
  deleteRedeemCodes(shop, ({ discountId }) => discountId === discount.id);
}

/** Its registration at impact.com that stands. */
export function registrationOf({ account, clock }: World, code: string): PromoCode | null {
  const now = clock.now();
  const stands = ({ endsAt }: PromoCode) => endsAt === null || endsAt > now;
  return account.promoCodes.find((one) => one.code === code && stands(one)) ?? null;
}

export function forgetAtImpact({ account }: World, code: string): void {
  account.promoCodes = account.promoCodes.filter((one) => one.code !== code);
}

export async function ourCode({ ports, domain }: World, code: string) {
  return ports.store.codes.findByCode(domain, code as DiscountCode);
}
