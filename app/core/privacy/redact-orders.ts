import { sortedOnce } from "../conversions/put-back-conversion.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { recordDone } from "./record-done.ts";

/**
 * `customers/redact`: the e-mail's hash and the clicks are all we hold of a customer, and they go. The
 * click that earned an order stays with the decision and what was reported: it accounts for a payment.
 */
export async function redactOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId, orderIds }: JobPayloads["redact-orders"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    // Whoever decides them has all of a customer or nothing.
    await tx.orders.lockAll(shop, sortedOnce(orderIds));
    const doneAt = clock.now();
    const delivery = await tx.deliveries.find(shop, deliveryId);
    await tx.deliveries.forgetCustomers(shop, orderIds);
    await tx.orders.forgetCustomers(shop, orderIds);
    await tx.clicks.forgetAll(shop, orderIds);
    await tx.conversions.forgetCustomers(shop, orderIds);
    await tx.deliveries.markProcessed(shop, deliveryId, doneAt);
    const outcome = outcomeOf(orderIds.length);
    await recordDone(tx, shop, delivery, { orderIds, outcome, doneAt });
  });
}

function outcomeOf(orders: number): string {
  if (orders === 0) return "It names no order, so nothing was held of this customer.";
  const named = orders === 1 ? "the order" : `the ${orders} orders`;
  return `Nothing of the customer is held any more with ${named} it names.`;
}
