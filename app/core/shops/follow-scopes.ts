import { beginRun } from "../ledger/begin-run.ts";
import { comparedMs } from "../ledger/reconciliation.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { seesAllOrders } from "./scopes.ts";

/**
 * `app/scopes_update`: what the merchant has allowed or withdrawn holds at once, not with the next
 * access token. Who allows older orders has them compared now.
 */
export async function followScopes(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId, scopes }: JobPayloads["follow-scopes"],
): Promise<void> {
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    await tx.deliveries.markProcessed(shop, deliveryId, now);
    const before = await tx.shops.findScopes(shop);
    if (before === null) return;
    await tx.shops.saveScopes(shop, scopes);
    if (!seesAllOrders(scopes) || seesAllOrders(before)) return;
    const from = new Date(now.getTime() - comparedMs({ seesAllOrders: true }));
    await beginRun(tx, shop, { kind: "orders", from, to: now }, now);
  });
}
