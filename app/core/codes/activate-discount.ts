import type { ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { SeenDiscount, ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import { isSayable } from "./discount.ts";

/**
 * Lets customers use a discount again: until the end that it had before it was deactivated, where that
 * is still to come, as Shopify forgets it. Gives it as Shopify has it then; null where it has none.
 */
export async function activateDiscount(
  { shopify, clock }: Pick<Ports, "shopify" | "clock">,
  shop: ShopDomain,
  { shopifyId, plannedEndsAt }: WatchedDiscount,
): Promise<Result<SeenDiscount | null, ShopifyProblem>> {
  const activated = await shopify.activateDiscount(shop, shopifyId);
  if (!activated.ok) return activated;
  const read = await shopify.readDiscounts(shop, [shopifyId]);
  if (!read.ok) return read;
  const seen = read.value.get(shopifyId) ?? null;
  const hasEnd = plannedEndsAt !== null && plannedEndsAt > clock.now();
  // What this app can't say it may not change: then the end is the merchant's to set in Shopify.
  if (!seen || !hasEnd || !isSayable(seen.terms)) return success(seen);
  const terms = { ...seen.terms, endsAt: plannedEndsAt };
  const updated = await shopify.updateDiscount(shop, shopifyId, terms, { keepsStart: true });
  if (!updated.ok) return updated;
  if ("seen" in updated.value) return success(updated.value.seen);
  return failure(endRefused(updated.value.refusals.map(({ message }) => message)));
}

function endRefused(reasons: readonly string[]): ShopifyProblem {
  const message = `It runs again, and without the end it had, which Shopify did not take: ${reasons.join(" ")} Set its end anew.`;
  return { kind: "refused", retry: "never", message };
}
