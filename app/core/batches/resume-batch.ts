import { registrationJobs } from "../codes/register-codes.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { takeUpFailed } from "./take-up-failed.ts";

/**
 * Goes on with a batch that has ended: what failed is tried again, and the codes that a cancelled one
 * has not drawn, or not changed, are. One that has not ended goes on by itself.
 */
export async function resumeBatch(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const batch = await tx.batches.find(shop, batchId);
    if (!batch || batch.state === "running" || batch.state === "cancelling") return;
    if (batch.kind === "adopt") {
      await tx.batches.reopen(shop, batchId, "running");
      await tx.queue.send("adopt-codes", { shop, batchId });
      return takeUpFailed(tx, shop, { batchId });
    }
    if (batch.kind !== "make") {
      const codeIds = await tx.changes.reopen(shop, batchId);
      await tx.queue.sendAll("register-codes", registrationJobs(shop, codeIds));
      for (const stopped of await tx.changes.listStopped(shop, batchId)) {
        await tx.batches.reopen(shop, stopped, "running");
        await tx.queue.send("make-codes", { shop, batchId: stopped });
      }
      await tx.batches.reopen(shop, batchId, "running");
      return tx.queue.send("change-codes", { shop, batchId });
    }
    if (batch.state === "cancelled") {
      // What others have got at impact.com meanwhile is to be read.
      if (batch.plan) await tx.batches.savePlan(shop, batchId, { ...batch.plan, theirs: null });
      await tx.batches.reopen(shop, batchId, "running");
      await tx.queue.send("make-codes", { shop, batchId });
    }
    await takeUpFailed(tx, shop, { batchId });
  });
}
