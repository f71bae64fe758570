import { isFollowed } from "../adjustments/judge-conversion.ts";
import { reviewConversion } from "../adjustments/review-conversion.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { partOfLines } from "../conversions/part-of-lines.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import { retellOfParts, saveStanding } from "../conversions/standing.ts";
import { isUntried, takeBack } from "../conversions/take-back.ts";
import { groupBy } from "../group-by.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import { decideNew, type SaveDecisions } from "./decide-new.ts";
import { earnedLines, earnedMinor } from "./earned-lines.ts";
import { isNothingLeft, keptOutBecause } from "./judge-order.ts";
import type { Order } from "./order.ts";

/**
 * Decides orders of one shop, as they are now: who earns them, and what is to be reported or told
 * impact.com of a later change. Deciding again changes nothing; `again` sends what waits once more,
 * and without `asks` impact.com is not asked whose the clicks were.
 * Must run in the transaction that holds the orders' locks.
 */
export async function decideOrders(
  tx: PipelineStores,
  orders: readonly Order[],
  now: Date,
  { again = false, asks = true } = {},
): Promise<void> {
  const [first] = orders;
  if (!first) return;
  const { shop } = first;
  const orderIds = orders.map(({ orderId }) => orderId);
  const conversions = await tx.conversions.listForOrders(shop, orderIds);
  const byOrder = groupBy(conversions, ({ orderId }) => orderId);

  const save: SaveDecisions = (decisions) => tx.orders.saveDecisions(shop, decisions, now);
  await decideNew(tx, shop, without(orders, byOrder), { now, asks, save });
  const waiting: Conversion[] = [];
  for (const order of orders) {
    // Read at last: sending tells anew what it waits for.
    const isReadAtLast = order.reason === "unreadable";
    const ofOrder = byOrder.get(order.orderId) ?? [];
    for (const conversion of ofOrder) {
      const isKept = await decideReported(tx, order, conversion, now);
      if ((again || isReadAtLast) && isKept && conversion.state === "ready") {
        await saveStanding(tx, conversion, { reason: "to-send", problem: null }, now);
        waiting.push(conversion);
      }
    }
    if (isReadAtLast && ofOrder.some(({ part }) => part)) await retellOfParts(tx, order, now);
  }
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, waiting));
  const taken = orders.filter(({ reason }) => again && reason === "not-connected");
  await askForClicks(tx, taken);
  await forgetCustomers(tx, shop, orders, byOrder);
}

/** Without a connection nobody could ask whose their clicks were. */
async function askForClicks(tx: PipelineStores, orders: readonly Order[]): Promise<void> {
  const clicks = await clicksOn(tx, orders);
  const open = orders.filter(({ orderId }) => clicks.get(orderId)?.some(({ isOpen }) => isOpen));
  const jobs = open.map(({ shop, orderId }) => ({ payload: { shop, orderId } }));
  await tx.queue.sendAll("look-up-click", jobs);
}

function without(orders: readonly Order[], byOrder: ReadonlyMap<OrderId, unknown>): Order[] {
  return orders.filter(({ orderId }) => !byOrder.has(orderId));
}

/** An order with a conversion has given it the customer's hash. */
async function forgetCustomers(
  tx: PipelineStores,
  shop: ShopDomain,
  orders: readonly Order[],
  byOrder: ReadonlyMap<OrderId, unknown>,
): Promise<void> {
  const known = orders.filter(
    ({ orderId, facts }) => byOrder.has(orderId) && facts.emailSha1 !== null,
  );
  if (known.length === 0) return;
  const orderIds = known.map(({ orderId }) => orderId);
  await tx.orders.forgetCustomers(shop, orderIds);
}

/**
 * In between, sent and not settled, nothing is done: its settlement compares it with the order.
 * False: it was taken back.
 */
async function decideReported(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  now: Date,
): Promise<boolean> {
  if (isFollowed(conversion)) await reviewConversion(tx, order, conversion, now);
  if (order.reason === "unreadable" && conversion.state === "sent") {
    await saveStanding(tx, conversion, { reason: "outcome-pending", problem: null }, now);
  }
  if (isUntried(conversion)) {
    const reason =
      keptOutBecause(order) ?? (isNothingLeft(order) ? "refunded-before-report" : null);
    if (reason) {
      await takeBack(tx, conversion, reason, now);
      return false;
    }
    const lines = partOfLines(earnedLines(order, conversion.amountBasis), conversion.part);
    const amountMinor = earnedMinor(lines);
    if (amountMinor !== conversion.amountMinor) {
      await tx.conversions.saveAmount(order.shop, conversion.id, amountMinor);
    }
  }
  return true;
}
