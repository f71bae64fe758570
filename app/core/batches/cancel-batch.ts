import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { jobOf } from "./batch.ts";

/**
 * Begins to cancel a running or failed batch. Its job forgets the codes that Shopify was never asked
 * for, settles those that Shopify may have made, and ends it; a batch that has ended stays as it is.
 */
export async function cancelBatch(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const batch = await tx.batches.find(shop, batchId);
    const begins = batch && (await tx.batches.cancel(shop, batchId));
    if (begins) await tx.queue.send(jobOf(batch), { shop, batchId });
  });
}
