import type { Ports } from "../ports.ts";
import type { IncomingDelivery } from "./delivery.ts";

/**
 * Takes in a verified webhook delivery: its row and its job in one transaction, nothing else before
 * the answer. A repeat of the same webhook id is counted and makes no second job.
 * A throw means it was not stored, and must become a 5xx so that Shopify sends it again.
 */
export async function receiveDelivery(
  { store, clock }: Pick<Ports, "store" | "clock">,
  delivery: IncomingDelivery,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const { deliveryId, isNew } = await tx.deliveries.record(delivery, clock.now());
    if (isNew && "facts" in delivery.content) {
      await tx.queue.send("process-delivery", { shop: delivery.shop, deliveryId });
    }
  });
}
