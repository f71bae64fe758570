import type { Ports } from "../ports/ports.ts";
import type { Batch } from "./batch.ts";

/**
 * Writes down what became of a part's codes. A code that customers can use must be registered: both
 * are written in one commit.
 */
export async function settlePart(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, id: batchId }: Batch,
  part: number,
  but: { failed?: readonly { codeId: string; problem: string }[]; anew?: readonly string[] } = {},
): Promise<void> {
  const { failed = [], anew = [] } = but;
  await store.inTransaction(async (tx) => {
    const codeIds = await tx.batches.settlePart(shop, batchId, part, { failed, anew }, clock.now());
    if (codeIds.length > 0) await tx.queue.send("register-codes", { shop, codeIds });
  });
}
