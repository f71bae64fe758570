import type { Code } from "../codes/discount.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import type { Stores } from "../ports/store.ts";

/**
 * A retired code has ended at impact.com too. Orders from before that were not sent yet are covered by
 * what has ended now, or by nothing any more. Part of a transaction.
 */
export async function saveEnded(
  tx: Stores,
  { batchId, wasRegistered }: { batchId: string; wasRegistered: boolean },
  { shop, id, code }: Pick<Code, "shop" | "id" | "code">,
  now: Date,
): Promise<void> {
  await tx.changes.expire(shop, batchId, id, wasRegistered ? now : null, now);
  const unsent = await tx.conversions.listUnsentForCode(shop, code);
  const ready = unsent.filter(({ state }) => state === "ready");
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, ready));
}
