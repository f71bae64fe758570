import { discountStatus } from "#test/sandbox/shopify/admin/discount-status.ts";
import {
  addRedeemCode,
  deleteRedeemCodes,
  redeemCodesOf,
} from "#test/sandbox/shopify/admin/redeem-codes.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { Discount, RedeemCode, Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

/** What staff does to discounts in Shopify's admin; gives the webhooks that follow. */
export function discountStaff(state: ShopifyState, shop: Shop) {
  const touch = (discount: Discount) => {
    discount.updatedAt = state.clock.now();
    return [discountWebhook("discounts/update", discount, state)];
  };
  return {
    change(discount: Discount, changes: Partial<Discount>): OrderWebhook[] {
      Object.assign(discount, changes);
      return touch(discount);
    },
    deactivate(discount: Discount): OrderWebhook[] {
      discount.endsAt = state.clock.now();
      if (discount.startsAt > discount.endsAt) discount.startsAt = discount.endsAt;
      return touch(discount);
    },
    activate(discount: Discount): OrderWebhook[] {
      discount.endsAt = null;
      return touch(discount);
    },
    remove(discount: Discount): OrderWebhook[] {
      const gone = discountWebhook("discounts/delete", discount, state);
      shop.discounts.delete(discount.id);
      deleteRedeemCodes(shop, ({ discountId }) => discountId === discount.id);
      return [gone];
    },
    addCodes(discount: Discount, codes: string[]): OrderWebhook[] {
      return codes.map((code) => {
        const added = addRedeemCode(state, shop, discount, code);
        return redeemCodeWebhook("discounts/redeemcode_added", discount, added, state);
      });
    },
    removeCode(discount: Discount, code: string): OrderWebhook[] {
      const found = redeemCodesOf(shop, discount.id).find((one) => one.code === code);
      if (!found) return [];
      deleteRedeemCodes(shop, ({ id }) => id === found.id);
      return [redeemCodeWebhook("discounts/redeemcode_removed", discount, found, state)];
    },
  };
}

/** Carries little (reference/shopify.md, section 1): how a discount stands has to be asked for. */
export function discountWebhook(
  topic: `discounts/${"create" | "update" | "delete"}`,
  discount: Discount,
  { clock }: Pick<ShopifyState, "clock">,
): OrderWebhook {
  const { id, title, createdAt, updatedAt } = discount;
  const status = discountStatus(discount, clock.now());
  const times = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
  return { topic, payload: { admin_graphql_api_id: id, title, status, ...times } };
}

/** The discount's id and the code's, as little again. */
export function redeemCodeWebhook(
  topic: `discounts/redeemcode_${"added" | "removed"}`,
  { id }: Discount,
  redeemCode: Pick<RedeemCode, "id" | "code">,
  { clock }: Pick<ShopifyState, "clock">,
): OrderWebhook {
  const payload = {
    admin_graphql_api_id: id,
    redeem_code: { id: redeemCode.id, code: redeemCode.code },
    updated_at: clock.now().toISOString(),
  };
  return { topic, payload };
}
