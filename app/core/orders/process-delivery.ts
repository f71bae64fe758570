import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { decideOrders } from "./decide-orders.ts";
import type { Delivery } from "./delivery.ts";
import { giveUpDelivery } from "./give-up-delivery.ts";
import { takeInOrders, type OrderNews } from "./take-in-orders.ts";

/** The queue waits longer each time: by then about four hours have passed. */
const MOST_FAILURES = 12;

/**
 * Brings one stored delivery into the ledger. Running it again changes nothing. One that breaks off
 * again and again is given up, so that it is seen. An outage of the database counts against none.
 */
export async function processDelivery(
  ports: Pick<Ports, "store" | "clock">,
  { shop, deliveryId }: { shop: ShopDomain; deliveryId: string },
): Promise<void> {
  try {
    await processDeliveries(ports, { shop, deliveryIds: [deliveryId] });
  } catch (error) {
    const failures = await ports.store.deliveries.noteFailure(shop, deliveryId);
    if (failures >= MOST_FAILURES) await giveUpDelivery(ports, { shop, deliveryId });
    throw error;
  }
}

/** Brings stored deliveries of one shop into the ledger in one transaction. */
export async function processDeliveries(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryIds }: { shop: ShopDomain; deliveryIds: readonly string[] },
): Promise<void> {
  await store.inPipeline(async (tx) => {
    // Of a shop that was erased, or never opened the app: its first back-fill finds the order.
    if (!(await tx.shops.hold(shop))) return tx.deliveries.removeAll(shop, deliveryIds);
    const stored = await tx.deliveries.findAll(shop, deliveryIds);
    const deliveries = stored.filter(({ state }) => state === "received").sort(byTold);
    const now = clock.now();
    await takeInOrders(tx, shop, newsOf(deliveries), now);
    const done = deliveries.map(({ id }) => id);
    await tx.deliveries.markAllProcessed(shop, done, now);
  });
}

/** By when Shopify told of them; one that does not say so counts as it came. */
function byTold(one: Delivery, other: Delivery): number {
  const toldAt = ({ triggeredAt, receivedAt }: Delivery) => (triggeredAt ?? receivedAt).getTime();
  return toldAt(one) - toldAt(other) || one.receivedAt.getTime() - other.receivedAt.getTime();
}

function newsOf(deliveries: readonly Delivery[]): OrderNews {
  return {
    facts: deliveries.flatMap(({ facts }) => (facts ? [facts] : [])),
    refunds: deliveries.flatMap(({ orderId, refund }) =>
      orderId && refund ? [{ orderId, refund }] : [],
    ),
    deleted: deliveries.flatMap(({ orderId, topic }) =>
      orderId && topic === "orders/delete" ? [orderId] : [],
    ),
  };
}

/**
 * Decides stored orders of one shop again in one transaction, which waited for something that the
 * merchant has now done.
 */
export async function processOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderIds }: { shop: ShopDomain; orderIds: readonly OrderId[] },
): Promise<void> {
  await store.inPipeline(async (tx) => {
    const each = [...new Set(orderIds)].sort();
    await tx.orders.lockAll(shop, each);
    const orders = await tx.orders.findAll(shop, each);
    await decideOrders(tx, orders, clock.now(), { again: true });
  });
}
