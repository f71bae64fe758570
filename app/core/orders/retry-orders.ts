import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { retryableOrders, type OrderReason } from "./order-state.ts";
import { retryOrder } from "./retry-order.ts";

const PAGE_SIZE = 200;

/**
 * Takes up every failed order that trying again can help, or those of one reason, in the background.
 * Gives how many there are.
 */
export async function startRetry(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, reason }: { shop: ShopDomain; reason: OrderReason | null },
): Promise<number> {
  return store.inTransaction(async (tx) => {
    const orders = await tx.problems.countRetryable(shop, retryableOrders(reason, clock.now()));
    if (orders > 0) await tx.queue.send("retry-orders", { shop, reason, after: null });
    return orders;
  });
}

/** One page of them for each run of the job; an order that fails again is not met twice. */
export async function retryOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, reason, after }: JobPayloads["retry-orders"],
): Promise<void> {
  const retryable = retryableOrders(reason, clock.now());
  const page = { after, limit: PAGE_SIZE };
  const orderIds = await store.problems.listRetryable(shop, retryable, page);
  for (const orderId of orderIds) await retryOrder({ store, clock }, { shop, orderId });
  const last = orderIds.at(-1);
  if (!last || orderIds.length < PAGE_SIZE) return;
  await store.queue.send("retry-orders", { shop, reason, after: last });
}
