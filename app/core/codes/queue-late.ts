import type { ShopDomain } from "../ids.ts";
import type { Queue } from "../ports/queue.ts";

/** No transaction that takes in an order is open for so long. */
export const TAKEN_IN_BY_MS = 60_000;

/**
 * Has a code's past orders attributed at once, and once more a minute later: an order that was being
 * taken in as the code got its partner read it as nobody's, and is not there yet to be met at once.
 */
export async function queueLate(
  queue: Queue,
  { shop, codeId }: { shop: ShopDomain; codeId: string },
  now: Date,
): Promise<void> {
  const payload = { shop, codeId, after: null };
  const startAfter = new Date(now.getTime() + TAKEN_IN_BY_MS);
  await queue.sendAll("attribute-late", [{ payload }, { payload, options: { startAfter } }]);
}
