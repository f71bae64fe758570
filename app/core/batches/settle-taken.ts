import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { PlannedCode } from "./batch.ts";
import type { Run } from "./take-step.ts";

/** As many as one call locates. */
const LOCATED_AT_ONCE = 40;
/** So few are asked for one by one: the calls that are made for many cost more points. */
const FEW = 10;

/** A code that is another discount's, and a sentence that says so. */
export interface TakenCode extends PlannedCode {
  problem: string;
}

/** So often Shopify is asked again where it says taken, and by nobody: its search may lag behind. */
const TRIES = 3;

/**
 * "Taken" may mean taken by ourselves, in a call whose answer was lost: Shopify is asked whose the
 * codes are, by seven calls at most beside the discount's newest codes. Gives those that are another discount's, each with a sentence.
 */
export async function settleTaken(
  ports: Pick<Ports, "shopify">,
  { batch, discount, newest }: Pick<Run, "batch" | "discount" | "newest">,
  taken: readonly PlannedCode[],
): Promise<Result<TakenCode[], ShopifyProblem>> {
  const isMany = taken.length > FEW;
  const unknown = isMany ? await newest.without(discount.shopifyId, taken) : success([...taken]);
  if (!unknown.ok) return unknown;
  const owners = await findOwners(ports, discount, unknown.value);
  if (!owners.ok) return owners;
  const theirs: TakenCode[] = [];
  for (const one of unknown.value) {
    const owner = owners.value.get(one.code);
    if (owner?.shopifyId === discount.shopifyId) continue;
    if (!owner && batch.attempts < TRIES) return failure(unsaid(one));
    theirs.push({ ...one, problem: owner ? takenBy(one, owner.title) : takenByNobody(one) });
  }
  return success(theirs);
}

function unsaid({ code }: PlannedCode): ShopifyProblem {
  const message = `Shopify says that ${code} is taken, and not by what. It is looked for again.`;
  return { kind: "unavailable", retry: "later", message };
}

function takenByNobody({ code }: PlannedCode): string {
  return `Shopify says that ${code} is taken, and lists it in no discount. Choose another code for this partner; where customers can use this one all the same, the next check of both sides tells.`;
}

type Owners = Map<DiscountCode, { shopifyId: string; title: string }>;

async function findOwners(
  { shopify }: Pick<Ports, "shopify">,
  { shop }: Run["discount"],
  unknown: readonly PlannedCode[],
): Promise<Result<Owners, ShopifyProblem>> {
  const owners: Owners = new Map();
  const codes = unknown.map(({ code }) => code);
  if (codes.length <= FEW) {
    for (const code of codes) {
      const found = await shopify.findDiscountByCode(shop, code);
      if (!found.ok) return found;
      const { discountId: shopifyId, title } = found.value ?? {};
      if (shopifyId && title !== undefined) owners.set(code, { shopifyId, title });
    }
    return success(owners);
  }
  for (let from = 0; from < codes.length; from += LOCATED_AT_ONCE) {
    const located = await shopify.locateCodes(shop, codes.slice(from, from + LOCATED_AT_ONCE));
    if (!located.ok) return located;
    for (const [code, owner] of located.value) owners.set(code, owner);
  }
  return success(owners);
}

export function takenBy({ code }: Pick<PlannedCode, "code">, title: string): string {
  return `${code} was taken in Shopify meanwhile by the discount “${title}”. Choose another code for this partner.`;
}
