import { isFollowed } from "../adjustments/judge-conversion.ts";
import { reviewConversion } from "../adjustments/review-conversion.ts";
import { rulesAt, type DatedRule } from "../attribution/rules-at.ts";
import { isAskedFor } from "../clicks/click-hold.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { conversionsOfShares } from "../conversions/conversions-of-shares.ts";
import { partOfLines } from "../conversions/part-of-lines.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import { retellOfParts, saveStanding } from "../conversions/standing.ts";
import { isUntried, takeBack } from "../conversions/take-back.ts";
import { groupBy } from "../group-by.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Connection } from "../program/program.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { earnedLines, earnedMinor } from "./earned-lines.ts";
import { isNothingLeft, judgeOrder, keptOutBecause } from "./judge-order.ts";
import { leaveCredited, type Decided } from "./leave-credited.ts";
import { statusFor } from "./order-state.ts";
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

  await decideNew(tx, shop, without(orders, byOrder), { now, asks });
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

async function decideNew(
  tx: PipelineStores,
  shop: ShopDomain,
  orders: readonly Order[],
  { now, asks }: { now: Date; asks: boolean },
): Promise<void> {
  if (orders.length === 0) return;
  const known = await tx.codes.knownOn(shop, orders);
  const clicks = await clicksOn(tx, orders);
  const canEarn = known.size > 0 || [...clicks.values()].some((each) => each.length > 0);
  const { settings, connection, history } = await readChoices(tx, shop, canEarn);
  const isConnected = Boolean(connection?.program);
  const judged = orders.map((order) => {
    const rules = rulesAt(history, order.placedAt);
    const given = { settings, isConnected, now, rules, clicks: clicks.get(order.orderId) ?? [] };
    return { order, verdict: judgeOrder(order, known.get(order.orderId) ?? [], given) };
  });
  const decided = await leaveCredited(tx, shop, judged);

  await tx.orders.saveDecisions(shop, decided.map(toDecision), now);
  await waitForPayment(tx, decided);
  const program = connection?.program;
  if (program && asks) await tx.queue.sendAll("look-up-click", lookUpsFor(decided));
  if (program) await report(tx, shop, decided, program, settings, now);
}

/**
 * What the shop has chosen, where there is a code or a click that can earn. The connection is held until
 * the end, so that whoever changes it takes up the orders that are decided to wait.
 */
async function readChoices(
  tx: PipelineStores,
  shop: ShopDomain,
  canEarn: boolean,
): Promise<{ settings: ReportSettings; connection: Connection | null; history: DatedRule[] }> {
  if (canEarn) await tx.connections.hold(shop, "reading");
  const settings = await tx.shops.reportSettings(shop);
  if (!canEarn) return { settings, connection: null, history: [] };
  const connection = await tx.connections.find(shop);
  return { settings, connection, history: await tx.rules.list(shop) };
}

function lookUpsFor(decided: readonly Decided[]) {
  const toLookUp = decided.filter(
    ({ verdict: { attribution } }) => attribution && isAskedFor(attribution),
  );
  return toLookUp.map(({ order: { shop, orderId } }) => ({ payload: { shop, orderId } }));
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
    const { programId, eventTypeId } = program;
    const { amountBasis } = settings;
    const { emailSha1 } = order.facts;
    const terms = { programId, eventTypeId, amountBasis, emailSha1 };
    return conversionsOfShares(order, attribution.shares, terms);
  });
  const created = await tx.conversions.createAll(shop, conversions, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, created));
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
