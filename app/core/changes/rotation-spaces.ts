import type { CodeSelection } from "../codes/code-selection.ts";
import type { DrawnFor } from "../codes/families/draft-families.ts";
import { codeNamesOf } from "../codes/pattern/code-names.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import type { Pattern } from "../codes/pattern/pattern.ts";
import { spacesOf, type Spaces } from "../codes/pattern/shared-spaces.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

type RotationPorts = Pick<Ports, "store" | "codeMaking" | "clock">;
interface Asked {
  shop: ShopDomain;
  selection: CodeSelection;
}

/** How the new codes of a rotation share the pattern's random parts, each drawn for its old one's partner. */
export async function rotationSpaces(
  ports: RotationPorts,
  asked: Asked,
  pattern: Pattern,
): Promise<Spaces> {
  return spacesOf(pattern, await listRotated(ports, asked));
}

/** Whom a rotation draws new codes for, and how many. */
export async function listRotated(
  { store, codeMaking, clock }: RotationPorts,
  { shop, selection }: Asked,
): Promise<{ partner: DrawnFor; count: number }[]> {
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
  return counts.map(({ partnerId, discountId, codes: count }) => {
    const name = nameOf.get(partnerId) ?? "";
    const names = codeNamesOf(name, codeMaking);
    return { partner: { name, names, partnerId, value: values.get(discountId) ?? "" }, count };
  });
}
