import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

interface Asked {
  shop: ShopDomain;
  draftKey: string;
}

/** What a form has made, if it was sent before: the discount's id, or that of a batch. */
export async function findMade(
  { store }: Pick<Ports, "store">,
  { shop, draftKey }: Asked,
): Promise<{ discountId: string | null; batchId: string | null }> {
  return {
    discountId: await store.discounts.findByDraftKey(shop, draftKey),
    batchId: await store.batches.findByDraftKey(shop, draftKey),
  };
}
