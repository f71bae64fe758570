import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import {
  discountWebhook,
  redeemCodeWebhook,
} from "#test/sandbox/shopify/discounts/discount-webhooks.ts";
import type { Discount, RedeemCode } from "#test/sandbox/shopify/state.ts";

type Announcing = Pick<AdminContext, "announce" | "shop" | "state">;

/** Nothing says that an app's own changes are kept from it, so it is told of them as of anybody's. */
export function announceDiscount(
  { announce, shop, state }: Announcing,
  kind: "create" | "update" | "delete",
  discount: Discount,
): void {
  announce(shop, discountWebhook(`discounts/${kind}`, discount, state));
}

/** Each code by itself, however many a job has made or removed. */
export function announceCodes(
  { announce, shop, state }: Announcing,
  kind: "added" | "removed",
  discount: Discount,
  codes: readonly Pick<RedeemCode, "id" | "code">[],
): void {
  for (const code of codes) {
    announce(shop, redeemCodeWebhook(`discounts/redeemcode_${kind}`, discount, code, state));
  }
}
