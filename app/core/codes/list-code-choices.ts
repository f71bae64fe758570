import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

export interface CodeChoices {
  partners: { partnerId: PartnerId; name: string }[];
  discounts: { discountId: string; title: string }[];
}

/** What codes can be filtered by, beside their states: partners by name, discounts newest first. */
export async function listCodeChoices(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<CodeChoices> {
  const [partners, discounts] = await Promise.all([
    store.partners.list(shop),
    store.discounts.listTitles(shop),
  ]);
  return { partners: partners.map(({ partnerId, name }) => ({ partnerId, name })), discounts };
}
