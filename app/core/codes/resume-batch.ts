import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";

/** Runs a discount's newest batch again, for codes that are to be made in Shopify. */
export async function resumeBatch(tx: Stores, shop: ShopDomain, discountId: string): Promise<void> {
  const batch = await tx.discounts.newestBatch(shop, discountId);
  if (!batch) return;
  await tx.discounts.saveBatch(shop, {
    ...batch,
    state: "running",
    // Shopify forgets a creation after a while; codes it did make are found to be ours.
    bulkCreationId: null,
    attempts: 0,
    problem: null,
    finishedAt: null,
  });
  await tx.queue.send("make-codes", { shop, batchId: batch.id });
}
