import { earlier } from "../codes/registration-terms.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import { success, type Result } from "../result.ts";
import type { FoundDifference } from "./code-difference.ts";
import type { CheckPorts } from "./reconcile-codes.ts";

/** As many as one call locates. */
const LOCATED_AT_ONCE = 40;

/** Managed discounts' lists can't tell it: the code may well open another discount. */
export function isQuestion({ kind, codeId }: FoundDifference): boolean {
  return kind === "missing-in-shopify" || (kind === "only-at-impact" && codeId === null);
}

/**
 * Asks Shopify which discount those codes open. One at impact.com that opens any is none of ours and no
 * difference; one of ours that its own discount lacks has been moved, maybe to one that isn't managed.
 */
export async function askShopify(
  { shopify, store }: Pick<CheckPorts, "shopify" | "store">,
  shop: ShopDomain,
  found: readonly FoundDifference[],
): Promise<Result<FoundDifference[]>> {
  const codes = found.filter(isQuestion).map(({ subject }) => subject as DiscountCode);
  const opened = new Map<string, string>();
  for (let from = 0; from < codes.length; from += LOCATED_AT_ONCE) {
    const located = await shopify.locateCodes(shop, codes.slice(from, from + LOCATED_AT_ONCE));
    if (!located.ok) return located;
    for (const [code, { shopifyId }] of located.value) opened.set(code, shopifyId);
  }
  const left: FoundDifference[] = [];
  for (const difference of found) {
    const shopifyId = isQuestion(difference) ? opened.get(difference.subject) : undefined;
    if (shopifyId === undefined) left.push(difference);
    else if (difference.kind === "missing-in-shopify") {
      left.push(...(await movedTo(store, shop, difference, shopifyId)));
    }
  }
  return success(left);
}

/** None where it is back in its own discount by now. */
async function movedTo(
  { seenCodes, codes }: CheckPorts["store"],
  shop: ShopDomain,
  difference: FoundDifference,
  shopifyId: string,
): Promise<FoundDifference[]> {
  const discount = await seenCodes.findDiscount(shop, shopifyId);
  if (discount && discount.id === difference.discountId) return [];
  const code = difference.codeId === null ? null : await codes.find(shop, difference.codeId);
  const endsHere = discount ? earlier(discount.endsAt, code?.endsAt ?? null) : null;
  const discountId = discount?.id ?? null;
  return [{ ...difference, kind: "in-other-discount", discountId, endsHere }];
}
