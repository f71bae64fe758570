import type { Ports } from "../ports/ports.ts";
import type { Queue } from "../ports/queue.ts";
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
    const now = clock.now();
    const { deliveryId, isNew } = await tx.deliveries.record(delivery, now);
    if (!isNew || delivery.content.kind === "unusable") return;
    const hasJob = await sendJob(tx.queue, delivery, deliveryId);
    if (!hasJob) await tx.deliveries.markProcessed(delivery.shop, deliveryId, now);
  });
}

/** False for a notice that asks nothing of us: we hold no customer's data to hand out. */
async function sendJob(
  queue: Queue,
  { shop, topic, content }: IncomingDelivery,
  deliveryId: string,
): Promise<boolean> {
  if (content.kind === "order") {
    await queue.send("process-delivery", { shop, deliveryId });
  } else if (content.kind === "redact-orders") {
    await queue.send("redact-orders", { shop, deliveryId, orderIds: content.orderIds });
  } else if (topic === "app/uninstalled") {
    await queue.send("uninstall-shop", { shop, deliveryId });
  } else if (topic === "shop/redact") {
    await queue.send("erase-shop", { shop, deliveryId });
  } else return false;
  return true;
}
