import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

/** `customers/redact`: the e-mail's hash is all we hold of a customer, and it goes. */
export async function redactOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId, orderIds }: JobPayloads["redact-orders"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.deliveries.forgetCustomers(shop, orderIds);
    await tx.orders.forgetCustomers(shop, orderIds);
    await tx.conversions.forgetCustomers(shop, orderIds);
    await tx.deliveries.markProcessed(shop, deliveryId, clock.now());
  });
}
