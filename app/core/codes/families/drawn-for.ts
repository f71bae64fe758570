import type { PartnerId, ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import { codeNamesOf } from "../pattern/code-names.ts";
import type { DrawnFor } from "./draft-families.ts";

/** What a pattern takes from each of these partners, as drawing takes it. */
export async function drawnFor(
  { store, codeMaking }: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
  { partnerIds, value }: { partnerIds: readonly PartnerId[]; value: string },
): Promise<DrawnFor[]> {
  const partners = await store.partners.list(shop);
  const nameOf = new Map(partners.map(({ partnerId, name }) => [partnerId, name]));
  return partnerIds.map((partnerId) => {
    const name = nameOf.get(partnerId) ?? "";
    return { partnerId, name, value, names: codeNamesOf(name, codeMaking) };
  });
}
