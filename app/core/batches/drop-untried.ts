import type { Ports } from "../ports/ports.ts";
import type { Batch } from "./batch.ts";

/**
 * Forgets what Shopify was never asked for. Parts are asked for in the order they are drawn, so that
 * these codes are the last of the plan: resumed, the batch draws as many for the same partners.
 */
export async function dropUntried({ store }: Pick<Ports, "store">, batch: Batch): Promise<Batch> {
  const { shop, id, plan } = batch;
  return store.inTransaction(async (tx) => {
    const dropped = await tx.batches.dropUntried(shop, id);
    if (dropped === 0 || !plan) return batch;
    const left = { ...plan, drawn: plan.drawn - dropped };
    await tx.batches.savePlan(shop, id, left);
    return { ...batch, plan: left };
  });
}
