import { MANY_FROM } from "../codes/of-many.ts";
import { registrationJobs } from "../codes/register-codes.ts";
import { sendUnsent } from "../codes/send-unsent.ts";
import type { Ports } from "../ports/ports.ts";
import type { Batch } from "./batch.ts";

/**
 * Writes down what became of a part's codes. A code that customers can use must be registered: both
 * are written in one commit. Those of a family are registered with it, or are already.
 */
export async function settlePart(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, id: batchId, codes }: Batch,
  part: number,
  but: { failed?: readonly { codeId: string; problem: string }[]; anew?: readonly string[] } = {},
): Promise<void> {
  const { failed = [], anew = [] } = but;
  await store.inTransaction(async (tx) => {
    const now = clock.now();
    const live = await tx.batches.settlePart(shop, batchId, part, { failed, anew }, now);
    const idsOf = (codes: typeof live) => codes.map(({ id }) => id);
    const alone = idsOf(live.filter(({ familyId }) => familyId === null));
    const turn = codes < MANY_FROM ? undefined : part;
    await tx.queue.sendAll("register-codes", registrationJobs(shop, alone, turn));
    const codeIds = idsOf(live.filter(({ familyId }) => familyId !== null));
    if (codeIds.length === 0) return;
    await tx.families.follow(shop, codeIds, now);
    const unsent = await tx.conversions.listUnsentForFamily(shop, { codeIds });
    await sendUnsent(tx, shop, unsent, now);
  });
}
