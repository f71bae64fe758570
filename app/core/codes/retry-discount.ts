import { takeUpFailed } from "../batches/take-up-failed.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** Takes up what failed in a discount: its batches at Shopify and its codes' registrations. */
export async function retryDiscount(
  { store }: Pick<Ports, "store">,
  { shop, discountId }: { shop: ShopDomain; discountId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    if (await tx.discounts.find(shop, discountId)) await takeUpFailed(tx, shop, { discountId });
  });
}
