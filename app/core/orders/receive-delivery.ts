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
    const { deliveryId, isNew } = await tx.deliveries.record(delivery, clock.now());
    if (isNew) await sendJob(tx.queue, delivery, deliveryId);
  });
}

async function sendJob(
  queue: Queue,
  { shop, topic, content }: IncomingDelivery,
  deliveryId: string,
): Promise<void> {
  if (content.kind === "order") await queue.send("process-delivery", { shop, deliveryId });
  if (content.kind === "redact-orders") {
    await queue.send("redact-orders", { shop, orderIds: content.orderIds });
  }
  if (content.kind !== "notice") return;
  if (topic === "app/uninstalled") await queue.send("uninstall-shop", { shop });
  if (topic === "shop/redact") await queue.send("erase-shop", { shop });
}
