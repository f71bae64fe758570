import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { repairDifference, type RepairPorts } from "./repair-difference.ts";

/** One job lasts about as long as so many calls to both sides take. */
const AT_ONCE = 50;

/** Queues the repair of every difference of a kind. */
export async function startRepairs(
  { store }: Pick<Ports, "store">,
  wish: Omit<JobPayloads["repair-differences"], "after">,
): Promise<void> {
  await store.queue.send("repair-differences", { ...wish, after: null });
}

/**
 * Repairs a page of a kind's differences, one after the other, and queues the next. One that can't be
 * repaired says why in its row and holds up no other; a limit that is used up is waited for.
 */
export async function repairDifferences(
  ports: RepairPorts,
  { shop, kind, repair, after }: JobPayloads["repair-differences"],
): Promise<void> {
  const page = await ports.store.codeDifferences.list(shop, { kind, after, limit: AT_ONCE });
  let done = after;
  for (const { subject } of page) {
    const repaired = await repairDifference(ports, { shop, kind, subject, repair });
    const isBusy = !repaired.ok && repaired.problem.retryAt;
    if (isBusy) return goOn(ports, { shop, kind, repair, after: done }, isBusy);
    done = subject;
  }
  if (page.length === AT_ONCE) await goOn(ports, { shop, kind, repair, after: done });
}

async function goOn(
  { store }: RepairPorts,
  payload: JobPayloads["repair-differences"] & { shop: ShopDomain },
  startAfter?: Date,
): Promise<void> {
  await store.queue.send("repair-differences", payload, startAfter ? { startAfter } : {});
}
