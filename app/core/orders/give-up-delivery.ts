import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Delivery } from "./delivery.ts";
import type { Order } from "./order.ts";
import { laterThan } from "./take-in-orders.ts";
import { unreadFacts } from "./unread-facts.ts";

const PROBLEM =
  "This app broke off each time it read Shopify's delivery. It asks Shopify for the order; if this stays, tell our support.";

/**
 * Ends a delivery that can't be processed. Its order is shown as unreadable from then on, and asked
 * for: once Shopify's answer can be taken in, that is over.
 */
export async function giveUpDelivery(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, deliveryId }: { shop: ShopDomain; deliveryId: string },
): Promise<void> {
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    if (!(await tx.shops.hold(shop))) return;
    const delivery = await tx.deliveries.find(shop, deliveryId);
    if (delivery?.state !== "received") return;
    if (delivery.orderId) await showUnreadable(tx, delivery, delivery.orderId, now);
    await tx.deliveries.markFailed(shop, deliveryId, PROBLEM, now);
  });
}

async function showUnreadable(
  tx: Stores,
  { shop, triggeredAt, receivedAt, facts }: Delivery,
  orderId: NonNullable<Delivery["orderId"]>,
  now: Date,
): Promise<void> {
  await tx.orders.lock(shop, orderId);
  const [order, details] = [await tx.orders.find(shop, orderId), await tx.shops.find(shop)];
  if (!order && details) {
    const unread = unreadFacts(orderId, details, facts?.placedAt ?? receivedAt);
    await tx.ledger.saveUnreadable(
      shop,
      unread,
      { problem: PROBLEM, isDated: facts !== null },
      now,
    );
  }
  const changedAt = missedFrom({ triggeredAt, receivedAt, facts }, order);
  if (order) await tx.orders.markUnread(shop, orderId, { problem: PROBLEM, changedAt }, now);
  await tx.queue.send("fetch-order", { shop, orderId, changedAt: changedAt.toISOString() });
}

/** From which version on the order holds what the delivery told; a version of ours may be of its second. */
function missedFrom(
  { facts, triggeredAt, receivedAt }: Pick<Delivery, "facts" | "triggeredAt" | "receivedAt">,
  ours: Pick<Order, "facts"> | null,
): Date {
  const told = facts?.updatedAt ?? triggeredAt ?? receivedAt;
  const version = ours?.facts.updatedAt;
  const isContested = version && (facts ? version.getTime() === told.getTime() : version >= told);
  return isContested ? laterThan(version) : told;
}
