import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { codeKey, redeemCodeProblem } from "#test/sandbox/shopify/admin/redeem-code-problem.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import type {
  BulkCreation,
  Discount,
  RedeemCode,
  Shop,
  ShopifyState,
} from "#test/sandbox/shopify/state.ts";

export function addRedeemCode(
  state: ShopifyState,
  shop: Shop,
  discount: Discount,
  code: string,
): RedeemCode {
  const redeemCode: RedeemCode = {
    id: globalId("DiscountRedeemCode", takeId(state)),
    code,
    discountId: discount.id,
    timesUsed: 0,
    usedBy: [],
  };
  shop.codes.set(codeKey(code), redeemCode);
  return redeemCode;
}

export function redeemCodesOf(shop: Shop, discountId: string): RedeemCode[] {
  return [...shop.codes.values()].filter((code) => code.discountId === discountId);
}

export function deleteRedeemCodes(shop: Shop, doomed: (code: RedeemCode) => boolean): void {
  for (const [key, code] of shop.codes) {
    if (!doomed(code)) continue;
    shop.codes.delete(key);
    shop.removedCodes.push(code);
  }
}

/** The job behind discountRedeemCodeBulkAdd: makes what can be made, and says why of the rest. */
export function runBulkCreation(state: ShopifyState, shop: Shop, creation: BulkCreation): void {
  const discount = shop.discounts.get(creation.discountId);
  const before = new Set<string>();
  for (const row of creation.rows) {
    const key = codeKey(row.code);
    const problem = before.has(key)
      ? { code: "TAKEN", message: "Codes must be unique within BulkDiscountCodeCreation" }
      : redeemCodeProblem(shop, row.code);
    before.add(key);
    if (problem) row.errors.push(problem);
    else if (!discount) row.errors.push({ code: "INVALID", message: "Discount does not exist" });
    else row.redeemCodeId = addRedeemCode(state, shop, discount, row.code).id;
  }
  creation.done = true;
}
