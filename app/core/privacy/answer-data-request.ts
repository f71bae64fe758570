import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { recordDone } from "./record-done.ts";

/**
 * `customers/data_request`: the record names the orders, and from it the merchant downloads what is
 * held of them, to hand it to the customer.
 */
export async function answerDataRequest(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId, orderIds }: JobPayloads["answer-data-request"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const doneAt = clock.now();
    const delivery = await tx.deliveries.find(shop, deliveryId);
    let held = 0;
    for (const orderId of orderIds) {
      if (await tx.orders.find(shop, orderId)) held += 1;
    }
    await tx.deliveries.markProcessed(shop, deliveryId, doneAt);
    const outcome = outcomeOf(held, orderIds.length);
    await recordDone(tx, shop, delivery, { orderIds, outcome, doneAt });
  });
}

function outcomeOf(held: number, named: number): string {
  if (named === 0) return "It names no order, so nothing is held of this customer.";
  if (held === 0) return "None of the orders it names is held here.";
  return `${held} of ${named} named ${named === 1 ? "order" : "orders"} can be downloaded. Hand the file to the customer.`;
}
