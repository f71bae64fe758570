import { whyEnded } from "../codes/why-ended.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";

export type TakeProblem = Problem<"upload-gone" | "nothing-new" | "discount-ended">;

/**
 * Starts the batch that makes the new codes of a checked upload; an upload is taken once, and asked
 * for again gives the same batch. Null where the shop has no such upload.
 */
export async function takeUpload(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, uploadId }: { shop: ShopDomain; uploadId: string },
): Promise<Result<{ batchId: string }, TakeProblem> | null> {
  return store.inTransaction(async (tx) => {
    const upload = await tx.uploads.find(shop, uploadId);
    if (!upload) return null;
    if (upload.batchId !== null) return success({ batchId: upload.batchId });
    const now = clock.now();
    const { discountId, state, counts, expiresAt } = upload;
    if (state !== "checked" || counts === null || expiresAt <= now) return failure(GONE);
    if (counts.new === 0) return failure(NOTHING_NEW);
    const discount = await tx.discounts.find(shop, discountId);
    const ended = discount && whyEnded(discount, now);
    if (ended) return failure({ kind: "discount-ended", retry: "never", message: ended });
    const draft = { draftKey: `upload-${uploadId}`, discountId, plan: null, codes: counts.new };
    const { batchId, isNew } = await tx.batches.create(shop, draft, now);
    if (isNew) {
      await tx.uploads.take(shop, uploadId, batchId);
      await tx.queue.send("make-codes", { shop, batchId });
    }
    return success({ batchId });
  });
}

const GONE: TakeProblem = {
  kind: "upload-gone",
  retry: "never",
  message: "This upload is more than a day old, and its rows are erased. Upload the file again.",
};

const NOTHING_NEW: TakeProblem = {
  kind: "nothing-new",
  retry: "never",
  message: "No row of this file is a new code, so there is nothing to make.",
};
