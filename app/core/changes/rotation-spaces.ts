import type { CodeSelection } from "../codes/code-selection.ts";
import { codeNamesOf } from "../codes/pattern/code-names.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import type { Pattern } from "../codes/pattern/pattern.ts";
import { spacesOf, type Spaces } from "../codes/pattern/shared-spaces.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** How the new codes of a rotation share the pattern's random parts, each drawn for its old one's partner. */
export async function rotationSpaces(
  { store, codeMaking, clock }: Pick<Ports, "store" | "codeMaking" | "clock">,
  { shop, selection }: { shop: ShopDomain; selection: CodeSelection },
  pattern: Pattern,
): Promise<Spaces> {
  const [counts, partners] = await Promise.all([
    store.changes.countToRotate(shop, selection, clock.now()),
    store.partners.list(shop),
  ]);
  const nameOf = new Map(partners.map(({ partnerId, name }) => [partnerId, name]));
  const values = new Map<string, string>();
  for (const discountId of new Set(counts.map((one) => one.discountId))) {
    const discount = await store.discounts.find(shop, discountId);
    values.set(discountId, discount ? discountNumber(discount.value, discount.currency) : "");
  }
  const wanted = counts.map(({ partnerId, discountId, codes: count }) => {
    const names = codeNamesOf(nameOf.get(partnerId) ?? "", codeMaking);
    return { partner: { names, partnerId, value: values.get(discountId) ?? "" }, count };
  });
  return spacesOf(pattern, wanted);
}
