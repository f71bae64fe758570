import type { Discount } from "../codes/discount.ts";
import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { PlannedCode } from "./batch.ts";

/** Codes whose answer was lost are among the newest of their discount; a page settles 250 of them. */
const MOST_PAGES = 2;
/** As many as one call locates. */
const LOCATED_AT_ONCE = 40;
/** So few are asked for one by one: the calls that are made for many cost more points. */
const FEW = 10;

/** A code that is another discount's, and a sentence that says so. */
export interface TakenCode extends PlannedCode {
  problem: string;
}

type Ours = Discount & { shopifyId: string };

/** So often Shopify is asked again where it says taken, and by nobody: its search may lag behind. */
const TRIES = 3;

/**
 * "Taken" may mean taken by ourselves, in a call whose answer was lost: Shopify is asked whose the
 * codes are, by nine calls at most. Gives those that are another discount's, each with a sentence.
 */
export async function settleTaken(
  ports: Pick<Ports, "shopify">,
  discount: Ours,
  taken: readonly PlannedCode[],
  { attempts }: { attempts: number },
): Promise<Result<TakenCode[], ShopifyProblem>> {
  const isMany = taken.length > FEW;
  const unknown = isMany ? await withoutNewest(ports, discount, taken) : success([...taken]);
  if (!unknown.ok) return unknown;
  const owners = await findOwners(ports, discount, unknown.value);
  if (!owners.ok) return owners;
  const theirs: TakenCode[] = [];
  for (const one of unknown.value) {
    const owner = owners.value.get(one.code);
    if (owner?.shopifyId === discount.shopifyId) continue;
    if (!owner && attempts < TRIES) return failure(unsaid(one));
    theirs.push({ ...one, problem: owner ? takenBy(one, owner.title) : takenByNobody(one) });
  }
  return success(theirs);
}

/** Our discount's newest codes settle what is ours of a part whose answer was lost a moment ago. */
async function withoutNewest(
  { shopify }: Pick<Ports, "shopify">,
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

type Owners = Map<DiscountCode, { shopifyId: string; title: string }>;

async function findOwners(
  { shopify }: Pick<Ports, "shopify">,
  { shop }: Ours,
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
