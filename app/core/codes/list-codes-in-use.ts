import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** A suggestion that clashes with an older code is told at its field, as any typed code is. */
const MOST = 5_000;

/** The codes that a suggestion should keep clear of. */
export function listCodesInUse(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<DiscountCode[]> {
  return store.codes.listTexts(shop, MOST);
}
