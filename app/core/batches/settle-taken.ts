import type { Discount } from "../codes/discount.ts";
import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import type { PlannedCode } from "./batch.ts";

/** Codes whose answer was lost are among the newest of their discount; so far back is looked. */
const MOST_PAGES = 60;

/** A code that is another discount's, and a sentence that says so. */
export interface TakenCode extends PlannedCode {
  problem: string;
}

type Ours = Discount & { shopifyId: string };

/**
 * "Taken" may mean taken by ourselves, in a call whose answer was lost: Shopify is asked whose the
 * codes are. Gives those that are another discount's, each with a sentence.
 */
export async function settleTaken(
  { shopify }: Pick<Ports, "shopify">,
  discount: Ours,
  taken: readonly PlannedCode[],
): Promise<Result<TakenCode[], ShopifyProblem>> {
  const unknown = await withoutOurs(shopify, discount, taken);
  if (!unknown.ok) return unknown;
  const theirs: TakenCode[] = [];
  for (const one of unknown.value) {
    const found = await shopify.findDiscountByCode(discount.shop, one.code);
    if (!found.ok) return found;
    if (found.value?.discountId === discount.shopifyId) continue;
    const title = found.value?.title ?? "another discount";
    theirs.push({ ...one, problem: takenBy(one, title) });
  }
  return success(theirs);
}

/** One page of our discount's newest codes settles as many as 250 single questions would. */
async function withoutOurs(
  shopify: Ports["shopify"],
  { shop, shopifyId }: Ours,
  taken: readonly PlannedCode[],
): Promise<Result<PlannedCode[], ShopifyProblem>> {
  const open = new Map<DiscountCode, PlannedCode>(taken.map((one) => [one.code, one]));
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES && open.size > 0; page += 1) {
    const newest = await shopify.listNewestCodes(shop, shopifyId, after);
    if (!newest.ok) return newest;
    for (const code of newest.value.codes) open.delete(code);
    after = newest.value.next;
    if (after === null) break;
  }
  return success([...open.values()]);
}

export function takenBy({ code }: Pick<PlannedCode, "code">, title: string): string {
  return `${code} was taken in Shopify meanwhile by the discount “${title}”. Choose another code for this partner.`;
}
