import type { Batch } from "../batches/batch.ts";
import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import type { ChangePlan } from "./change.ts";

/**
 * Starts a batch that changes codes, unless the last one of that key is under way: then that is given.
 * After one that has ended, or was cancelled, another follows. Part of a transaction; gives the batch.
 */
export async function startUnlessUnderWay(
  tx: Stores,
  shop: ShopDomain,
  draft: { draftKey: string; plan: ChangePlan; isUnderWay: (batch: Batch) => boolean },
  now: Date,
): Promise<string> {
  const { plan, isUnderWay } = draft;
  let { draftKey } = draft;
  for (;;) {
    const { batchId, isNew } = await tx.changes.create(shop, { draftKey, plan }, now);
    if (isNew) {
      await tx.queue.send("change-codes", { shop, batchId });
      return batchId;
    }
    const batch = await tx.batches.find(shop, batchId);
    if (!batch || isUnderWay(batch)) return batchId;
    draftKey = `${draft.draftKey} after ${batchId}`;
  }
}
