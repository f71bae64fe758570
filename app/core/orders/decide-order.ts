import { attributeOrder, type Attribution } from "../attribution/attribute-order.ts";
import type { Stores } from "../ports/store.ts";
import type { Order } from "./order.ts";
import { orderNetMinor } from "./order-facts.ts";
import { statusFor, type OrderReason } from "./order-state.ts";

/**
 * Attributes an order and, where somebody earned it, stores the conversion with its job. An order
 * that has a conversion is past this point: its send is only queued again if it still has to go out.
 * Must run in the transaction that holds the order's lock.
 */
export async function decideOrder(tx: Stores, order: Order, now: Date): Promise<void> {
  const [conversion] = await tx.conversions.listForOrder(order.shop, order.orderId);
  if (conversion) {
    await tx.orders.forgetCustomers(order.shop, [order.orderId]);
    if (conversion.state === "ready") await queueSend(tx, order, conversion.id, now);
    return;
  }
  const kept = await keepOut(tx, order, now);
  if (kept) return;

  const known = await tx.codes.known(order.shop, order.codes, order.placedAt);
  const attribution = attributeOrder(order.facts.typedCodes, known);
  await tx.orders.saveAttribution(order.shop, order.orderId, attribution, now);
  if (attribution.outcome === "nobody") {
    await saveReason(tx, order, attribution.because, now);
    await tx.orders.forgetCustomers(order.shop, [order.orderId]);
    return;
  }
  await report(tx, order, attribution, now);
}

/** Orders that are nobody's to earn, whatever code was typed. */
async function keepOut(tx: Stores, order: Order, now: Date): Promise<boolean> {
  if (order.facts.test) await saveReason(tx, order, "test-order", now);
  else if (order.facts.cancelledAt) await saveReason(tx, order, "cancelled", now);
  else return false;
  await tx.orders.forgetCustomers(order.shop, [order.orderId]);
  return true;
}

async function report(
  tx: Stores,
  order: Order,
  attribution: Extract<Attribution, { outcome: "credited" }>,
  now: Date,
): Promise<void> {
  await tx.connections.hold(order.shop, "reading");
  const connection = await tx.connections.find(order.shop);
  if (!connection?.program) {
    await saveReason(tx, order, "not-connected", now);
    return;
  }
  const conversion = await tx.conversions.create(
    order.shop,
    {
      orderId: order.orderId,
      share: "code",
      impactOrderId: order.orderId,
      programId: connection.program.programId,
      eventTypeId: connection.program.eventTypeId,
      partnerId: attribution.partner.partnerId,
      code: attribution.code,
      currency: order.currency,
      amountMinor: orderNetMinor(order.facts),
      emailSha1: order.facts.emailSha1,
      eventAt: order.placedAt,
    },
    now,
  );
  // The conversion has the customer's hash now, until it is settled.
  await tx.orders.forgetCustomers(order.shop, [order.orderId]);
  await queueSend(tx, order, conversion.id, now);
}

async function queueSend(tx: Stores, order: Order, conversionId: string, now: Date): Promise<void> {
  await saveReason(tx, order, "to-send", now);
  await tx.queue.send("send-conversion", { shop: order.shop, conversionId });
}

async function saveReason(tx: Stores, order: Order, reason: OrderReason, now: Date): Promise<void> {
  const status = { ...statusFor(reason), problem: null };
  await tx.orders.saveStatus(order.shop, order.orderId, status, now);
}
