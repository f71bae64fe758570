import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Delivery } from "./delivery.ts";
import { statusFor } from "./order-state.ts";
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
  { shop, receivedAt, facts }: Delivery,
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
  // One that has failed already is shown, with a reason of its own.
  if (order && order.state !== "failed") {
    const status = { ...statusFor("unreadable"), problem: PROBLEM };
    await tx.orders.saveStatus(shop, orderId, status, now);
  }
  await tx.queue.send("fetch-order", { shop, orderId });
}
