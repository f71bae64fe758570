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

/**
 * One page of them for each run of the job; an order that fails again is not met twice. One that throws
 * gets a job of its own, which is retried and fails as jobs do, and holds up no other.
 */
export async function retryOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, reason, after, orderId: alone }: JobPayloads["retry-orders"],
): Promise<void> {
  if (alone) return void (await retryOrder({ store, clock }, { shop, orderId: alone }));
  const retryable = retryableOrders(reason, clock.now());
  const page = { after, limit: PAGE_SIZE };
  const orderIds = await store.problems.listRetryable(shop, retryable, page);
  const thrown: { payload: JobPayloads["retry-orders"] }[] = [];
  for (const orderId of orderIds) {
    const setAside = () => void thrown.push({ payload: { shop, reason, after, orderId } });
    await retryOrder({ store, clock }, { shop, orderId }).catch(setAside);
  }
  const last = orderIds.at(-1);
  const isMore = last && orderIds.length === PAGE_SIZE;
  const next = isMore ? [{ payload: { shop, reason, after: last } }] : [];
  await store.queue.sendAll("retry-orders", [...next, ...thrown]);
}
