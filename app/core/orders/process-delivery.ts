import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { decideOrders } from "./decide-orders.ts";
import type { Delivery } from "./delivery.ts";
import { giveUpDelivery } from "./give-up-delivery.ts";
import { takeInOrders, type OrderNews } from "./take-in-orders.ts";

/** The queue waits longer each time: by then about four hours have passed. */
const MOST_FAILURES = 12;

/** More orders than that would be locked for long. */
const MOST_TOGETHER = 100;

type ProcessPorts = Pick<Ports, "store" | "clock">;

/**
 * Brings the deliveries of one job into the ledger. Running it again changes nothing. Where they
 * break off, each is tried alone, so that a poisonous one stops nobody else; then throws.
 */
export async function processJob(
  ports: ProcessPorts,
  { shop, deliveryIds }: JobPayloads["process-delivery"],
): Promise<void> {
  if (deliveryIds.length > 1) {
    const isDone = await processDeliveries(ports, { shop, deliveryIds }).then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
  const broken: unknown[] = [];
  for (const deliveryId of deliveryIds) {
    const end = await processAlone(ports, shop, deliveryId);
    if (!end.isDone) broken.push(end.error);
  }
  if (broken.length > 0) throw broken[0];
}

/** The same for one delivery. */
export function processDelivery(
  ports: ProcessPorts,
  { shop, deliveryId }: { shop: ShopDomain; deliveryId: string },
): Promise<void> {
  return processJob(ports, { shop, deliveryIds: [deliveryId] });
}

/**
 * A delivery that breaks off again and again is given up, so that it is seen. An outage of the
 * database counts against none: it throws here, and the rest of the job waits for the next try.
 */
async function processAlone(
  ports: ProcessPorts,
  shop: ShopDomain,
  deliveryId: string,
): Promise<{ isDone: true } | { isDone: false; error: unknown }> {
  try {
    await processDeliveries(ports, { shop, deliveryIds: [deliveryId] });
    return { isDone: true };
  } catch (error) {
    const failures = await ports.store.deliveries.noteFailure(shop, deliveryId);
    if (failures >= MOST_FAILURES) await giveUpDelivery(ports, { shop, deliveryId });
    return { isDone: false, error };
  }
}

/** Brings stored deliveries of one shop into the ledger, up to a hundred in one transaction. */
export async function processDeliveries(
  ports: ProcessPorts,
  { shop, deliveryIds }: JobPayloads["process-delivery"],
): Promise<void> {
  for (let from = 0; from < deliveryIds.length; from += MOST_TOGETHER) {
    await processTogether(ports, shop, deliveryIds.slice(from, from + MOST_TOGETHER));
  }
}

async function processTogether(
  { store, clock }: ProcessPorts,
  shop: ShopDomain,
  deliveryIds: readonly string[],
): Promise<void> {
  await store.inTransaction(async (tx) => {
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

/** Decides a stored order again, for one that waited for something the merchant has now done. */
export function processOrder(
  ports: ProcessPorts,
  { shop, orderId }: JobPayloads["process-order"],
): Promise<void> {
  return processOrders(ports, { shop, orderIds: [orderId] });
}

/** Decides stored orders of one shop again in one transaction. */
export async function processOrders(
  { store, clock }: ProcessPorts,
  { shop, orderIds }: { shop: ShopDomain; orderIds: JobPayloads["process-order"]["orderId"][] },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const each = [...new Set(orderIds)].sort();
    await tx.orders.lockAll(shop, each);
    const orders = await tx.orders.findAll(shop, each);
    await decideOrders(tx, orders, clock.now(), { again: true });
  });
}
