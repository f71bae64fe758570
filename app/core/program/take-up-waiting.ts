import { familyJobs } from "../codes/families/register-families.ts";
import { MANY_FROM } from "../codes/of-many.ts";
import { registerWaiting } from "../codes/take-over-codes.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";

const PAGE_SIZE = 500;

/**
 * Takes up what waited, now that the merchant has chosen: every order that waits for this reason is
 * decided again, a page for each run of the job. With a program every live code is registered first.
 */
export async function takeUpWaiting(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, reason, after }: JobPayloads["take-up-waiting"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    if (reason === "not-connected" && after === null) await registerCodes(tx, shop, clock.now());
    const orderIds = await tx.orders.listWaitingFor(shop, reason, { after, limit: PAGE_SIZE });
    await tx.queue.sendAll(
      "process-order",
      orderIds.map((orderId) => ({ payload: { shop, orderId } })),
    );
    const last = orderIds.at(-1);
    if (last && orderIds.length === PAGE_SIZE) {
      await tx.queue.send("take-up-waiting", { shop, reason, after: last });
    }
  });
}

async function registerCodes(
  tx: Stores,
  shop: JobPayloads["take-up-waiting"]["shop"],
  now: Date,
): Promise<void> {
  await tx.codes.planUnregistrable(shop, "all");
  const codes = await tx.codes.countToAsk(shop);
  const { programId } = (await tx.connections.find(shop))?.program ?? {};
  // Many that may be registered there already are looked for in its list, a thousand for a request.
  if (codes >= MANY_FROM && programId) {
    await tx.queue.send("take-over-codes", { shop, programId, page: 1, codes });
  } else await registerWaiting(tx, shop, now);
  const familyIds = await tx.families.listUnregistered(shop);
  await tx.queue.sendAll("register-families", familyJobs(shop, familyIds));
}
