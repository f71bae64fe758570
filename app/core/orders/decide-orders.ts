import { isFollowed } from "../adjustments/judge-conversion.ts";
import { nextOrderId } from "../adjustments/report-again.ts";
import { reviewConversion } from "../adjustments/review-conversion.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import type { KnownCode } from "../attribution/attribution.ts";
import { rulesAt } from "../attribution/rules-at.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Connection } from "../program/program.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { earnedLines, earnedMinor } from "./earned-lines.ts";
import { isNothingLeft, judgeOrder, keptOutBecause } from "./judge-order.ts";
import { leaveCredited, type Decided } from "./leave-credited.ts";
import { statusFor, type OrderReason } from "./order-state.ts";
import type { Order } from "./order.ts";

/**
 * Decides orders of one shop, as they are now: who earns them, and what is to be reported or told
 * impact.com of a later change. Deciding again changes nothing; `again` sends what waits once more.
 * Must run in the transaction that holds the orders' locks.
 */
export async function decideOrders(
  tx: PipelineStores,
  orders: readonly Order[],
  now: Date,
  { again = false } = {},
): Promise<void> {
  const [first] = orders;
  if (!first) return;
  const { shop } = first;
  const orderIds = orders.map(({ orderId }) => orderId);
  const conversions = await tx.conversions.listForOrders(shop, orderIds);
  const byOrder = new Map(conversions.map((conversion) => [conversion.orderId, conversion]));

  await decideNew(tx, shop, without(orders, byOrder), now);
  const waiting: Conversion[] = [];
  for (const order of orders) {
    const conversion = byOrder.get(order.orderId);
    if (!conversion) continue;
    const isKept = await decideReported(tx, order, conversion, now);
    // Read at last: sending tells anew what it waits for.
    const isSentOn = again || order.reason === "unreadable";
    if (isSentOn && isKept && conversion.state === "ready") {
      await saveReason(tx, order, "to-send", now);
      waiting.push(conversion);
    }
  }
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, waiting));
  await forgetCustomers(tx, shop, orders, byOrder);
}

function without(orders: readonly Order[], byOrder: ReadonlyMap<OrderId, Conversion>): Order[] {
  return orders.filter(({ orderId }) => !byOrder.has(orderId));
}

/** An order with a conversion has given it the customer's hash. */
async function forgetCustomers(
  tx: PipelineStores,
  shop: ShopDomain,
  orders: readonly Order[],
  byOrder: ReadonlyMap<OrderId, Conversion>,
): Promise<void> {
  const known = orders.filter(
    ({ orderId, facts }) => byOrder.has(orderId) && facts.emailSha1 !== null,
  );
  if (known.length === 0) return;
  const orderIds = known.map(({ orderId }) => orderId);
  await tx.orders.forgetCustomers(shop, orderIds);
}

async function decideNew(
  tx: PipelineStores,
  shop: ShopDomain,
  orders: readonly Order[],
  now: Date,
): Promise<void> {
  if (orders.length === 0) return;
  const known = await tx.codes.knownOn(shop, orders);
  const { settings, connection } = await readChoices(tx, shop, known);
  const isConnected = Boolean(connection?.program);
  const history = known.size > 0 ? await tx.rules.list(shop) : [];
  const clicks = await clicksOn(tx, orders);
  const judged = orders.map((order) => {
    const rules = rulesAt(history, order.placedAt);
    const given = { settings, isConnected, now, rules, clicks: clicks.get(order.orderId) ?? [] };
    return { order, verdict: judgeOrder(order, known.get(order.orderId) ?? [], given) };
  });
  const decided = await leaveCredited(tx, shop, judged);

  await tx.orders.saveDecisions(shop, decided.map(toDecision), now);
  await waitForPayment(tx, decided);
  const program = connection?.program;
  if (program) await report(tx, shop, decided, program, settings, now);
}

/** Held until the end, so that whoever changes them takes up the orders that are decided to wait. */
async function readChoices(
  tx: PipelineStores,
  shop: ShopDomain,
  known: ReadonlyMap<OrderId, KnownCode[]>,
): Promise<{ settings: ReportSettings; connection: Connection | null }> {
  if (known.size > 0) await tx.connections.hold(shop, "reading");
  const settings = await tx.shops.reportSettings(shop);
  const connection = known.size > 0 ? await tx.connections.find(shop) : null;
  return { settings, connection };
}

function toDecision({ order, verdict }: Decided) {
  const { orderId } = order;
  const { attribution } = verdict;
  const reason = verdict.reason ?? "to-send";
  // Who waits still needs the hash; a conversion takes it along.
  const isEnded = statusFor(reason).state === "ignored" || reason === "too-late";
  const forgets = isEnded || verdict.reason === null;
  return { orderId, attribution, ...statusFor(reason), problem: null, forgets };
}

/** Nothing is heard of an order that is never paid: it is looked at again when it can't be reported any more. */
async function waitForPayment(tx: PipelineStores, decided: readonly Decided[]): Promise<void> {
  const waiting = decided.filter(
    ({ order, verdict }) => verdict.reason === "not-paid" && order.reason !== "not-paid",
  );
  const jobs = waiting.map(({ order: { shop, orderId, placedAt } }) => ({
    payload: { shop, orderId },
    options: { startAfter: new Date(reportingEndsAt(placedAt).getTime() + 1) },
  }));
  await tx.queue.sendAll("process-order", jobs);
}

async function report(
  tx: PipelineStores,
  shop: ShopDomain,
  decided: readonly Decided[],
  program: NonNullable<Connection["program"]>,
  settings: ReportSettings,
  now: Date,
): Promise<void> {
  const conversions = decided.flatMap(({ order, verdict }): NewConversion[] => {
    const { attribution } = verdict;
    if (verdict.reason !== null || attribution?.outcome !== "credited") return [];
    const [{ partner, by }] = attribution.shares;
    if (!partner || by.kind !== "code") return [];
    return [
      {
        orderId: order.orderId,
        share: "code",
        impactOrderId: impactOrderIdFor(order),
        programId: program.programId,
        eventTypeId: program.eventTypeId,
        partnerId: partner.partnerId,
        code: by.code,
        currency: order.currency,
        amountMinor: earnedMinor(earnedLines(order, settings.amountBasis)),
        amountBasis: settings.amountBasis,
        emailSha1: order.facts.emailSha1,
        eventAt: order.placedAt,
      },
    ];
  });
  const created = await tx.conversions.createAll(shop, conversions, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, created));
}

/** Where another way had it credited before, impact.com has had the order's own number. */
function impactOrderIdFor({ orderId, reason }: Order): string {
  return reason === "credited-there" ? nextOrderId(orderId) : orderId;
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
    await saveReason(tx, order, "outcome-pending", now);
  }
  if (isUntried(conversion)) {
    const reason =
      keptOutBecause(order) ?? (isNothingLeft(order) ? "refunded-before-report" : null);
    if (reason) {
      await takeBack(tx, order, conversion, reason, now);
      return false;
    }
    const amountMinor = earnedMinor(earnedLines(order, conversion.amountBasis));
    if (amountMinor !== conversion.amountMinor) {
      await tx.conversions.saveAmount(order.shop, conversion.id, amountMinor);
    }
  }
  return true;
}

/**
 * Nothing of it can have reached impact.com. Its sender may have claimed it, but writes down where it
 * goes under the order's lock, which is held here; one with a past under another order id stays.
 */
function isUntried({ accountSid, state, wasReversed }: Conversion): boolean {
  const isUnsent = state === "ready" || state === "sending";
  return isUnsent && accountSid === null && !wasReversed;
}

async function takeBack(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  reason: OrderReason,
  now: Date,
): Promise<void> {
  await tx.conversions.remove(order.shop, conversion.id);
  await saveReason(tx, order, reason, now);
}

async function saveReason(
  tx: PipelineStores,
  order: Order,
  reason: OrderReason,
  now: Date,
): Promise<void> {
  const status = { ...statusFor(reason), problem: null };
  await tx.orders.saveStatus(order.shop, order.orderId, status, now);
}
