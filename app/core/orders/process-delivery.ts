import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { decideOrder } from "./decide-order.ts";

/**
 * Brings one stored delivery into the ledger: the newest facts win, then the order is decided.
 * Running it again changes nothing.
 */
export async function processDelivery(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId }: JobPayloads["process-delivery"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const delivery = await tx.deliveries.find(shop, deliveryId);
    if (!delivery?.facts || delivery.state !== "received") return;
    const now = clock.now();
    await tx.orders.lock(shop, delivery.facts.orderId);
    const order = await tx.orders.saveFacts(shop, delivery.facts, now);
    await decideOrder(tx, order, now);
    await tx.deliveries.markProcessed(shop, deliveryId, now);
  });
}

/** Decides a stored order again, for one that waited for something the merchant has now done. */
export async function processOrder(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId }: JobPayloads["process-order"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const order = await tx.orders.find(shop, orderId);
    if (order) await decideOrder(tx, order, clock.now());
  });
}
