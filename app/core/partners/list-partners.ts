import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Partner } from "./partner.ts";

/** A shop's partners by name; `search` keeps those whose name contains it. */
export async function listPartners(
  { store }: Pick<Ports, "store">,
  { shop, search }: { shop: ShopDomain; search?: string },
): Promise<Partner[]> {
  return store.partners.list(shop, search ? { search } : {});
}
