import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { takeUpFailed } from "./take-up-failed.ts";

/**
 * Goes on with a batch that has ended: what failed is tried again, and the codes that a cancelled one
 * has not drawn are drawn. One that has not ended goes on by itself.
 */
export async function resumeBatch(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const batch = await tx.batches.find(shop, batchId);
    if (!batch || batch.state === "running" || batch.state === "cancelling") return;
    if (batch.state === "cancelled") {
      await tx.batches.reopen(shop, batchId, "running");
      await tx.queue.send("make-codes", { shop, batchId });
    }
    await takeUpFailed(tx, shop, { batchId });
  });
}
