import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

const PAGE_SIZE = 500;

/**
 * Takes up what waited for a program: every live code is registered, then every order that waited is
 * decided, a page for each run of the job.
 */
export async function takeUpWaiting(
  { store }: Pick<Ports, "store">,
  { shop, after }: JobPayloads["take-up-waiting"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    if (after === null) {
      for (const code of await tx.codes.listUnregistered(shop)) {
        await tx.queue.send("register-code", { shop, codeId: code.id });
      }
    }
    const page = { after, limit: PAGE_SIZE };
    const orderIds = await tx.orders.listWaitingFor(shop, "not-connected", page);
    for (const orderId of orderIds) await tx.queue.send("process-order", { shop, orderId });
    const last = orderIds.at(-1);
    if (last && orderIds.length === PAGE_SIZE) {
      await tx.queue.send("take-up-waiting", { shop, after: last });
    }
  });
}
