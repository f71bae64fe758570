import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";

/** Runs a discount's newest batch again, for codes that are to be made in Shopify. */
export async function resumeBatch(tx: Stores, shop: ShopDomain, discountId: string): Promise<void> {
  const batch = await tx.batches.newestOf(shop, discountId);
  if (!batch) return;
  // Shopify forgets its own runs after a while; codes that it did make are found to be ours.
  await tx.batches.reopen(shop, batch.id);
  await tx.queue.send("make-codes", { shop, batchId: batch.id });
}
