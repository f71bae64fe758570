import { attributeAnew } from "../conversions/hand-over-orders.ts";
import { decideOrders } from "../orders/decide-orders.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

/**
 * Decides an order again, of which its checkout's pixel told after it was decided, as long as nothing
 * of it can have been reported. One that has not come yet finds the click when it comes.
 */
export async function joinClick(
  ports: Pick<Ports, "store" | "clock">,
  { shop, orderId }: JobPayloads["join-click"],
): Promise<void> {
  await ports.store.inPipeline(async (tx) => {
    await tx.orders.lock(shop, orderId);
    await decideOrders(tx, await tx.orders.findAll(shop, [orderId]), ports.clock.now());
  });
  await attributeAnew(ports, shop, [orderId]);
}
