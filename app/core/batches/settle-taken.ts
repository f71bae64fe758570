import type { Discount } from "../codes/discount.ts";
import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { PlannedCode } from "./batch.ts";

/** Codes whose answer was lost are among the newest of their discount; so far back is looked. */
const MOST_PAGES = 60;

/** A code that is another discount's, and a sentence that says so. */
export interface TakenCode extends PlannedCode {
  problem: string;
}

type Ours = Discount & { shopifyId: string };

/** So often Shopify is asked again where it says taken, and by nobody: its search may lag behind. */
const TRIES = 3;

/**
 * "Taken" may mean taken by ourselves, in a call whose answer was lost: Shopify is asked whose the
 * codes are. Gives those that are another discount's, each with a sentence.
 */
export async function settleTaken(
  { shopify }: Pick<Ports, "shopify">,
  discount: Ours,
  taken: readonly PlannedCode[],
  { attempts }: { attempts: number },
): Promise<Result<TakenCode[], ShopifyProblem>> {
  const unknown = await withoutOurs(shopify, discount, taken);
  if (!unknown.ok) return unknown;
  const theirs: TakenCode[] = [];
  for (const one of unknown.value) {
    const found = await shopify.findDiscountByCode(discount.shop, one.code);
    if (!found.ok) return found;
    if (found.value?.discountId === discount.shopifyId) continue;
    if (!found.value && attempts < TRIES) return failure(unsaid(one));
    theirs.push({
      ...one,
      problem: found.value ? takenBy(one, found.value.title) : takenByNobody(one),
    });
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

function unsaid({ code }: PlannedCode): ShopifyProblem {
  const message = `Shopify says that ${code} is taken, and not by what. It is looked for again.`;
  return { kind: "unavailable", retry: "later", message };
}

function takenByNobody({ code }: PlannedCode): string {
  return `Shopify says that ${code} is taken, and lists it in no discount. Choose another code for this partner; where customers can use this one all the same, the next check of both sides tells.`;
}

export function takenBy({ code }: Pick<PlannedCode, "code">, title: string): string {
  return `${code} was taken in Shopify meanwhile by the discount “${title}”. Choose another code for this partner.`;
}
