import type { ShopDomain } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import { codeNamesOf } from "./pattern/code-names.ts";

/** A partner with the word that suggested codes begin with. */
export interface PartnerForCodes extends Partner {
  codeName: string;
}

/** A shop's partners by name, for forms that suggest codes. */
export async function listPartnersForCodes(
  { store, codeMaking }: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
): Promise<PartnerForCodes[]> {
  const partners = await store.partners.list(shop, {});
  return partners.map((partner) => ({
    ...partner,
    codeName: codeNamesOf(partner.name, codeMaking).first,
  }));
}
