import { rulesAt, type DatedRule } from "../attribution/rules-at.ts";
import { isAskedFor } from "../clicks/click-hold.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import { conversionsOfShares } from "../conversions/conversions-of-shares.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import type { ShopDomain } from "../ids.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { OrderDecision } from "../ports/order-stores.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Connection } from "../program/program.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { judgeOrder } from "./judge-order.ts";
import { leaveCredited, type Decided } from "./leave-credited.ts";
import { statusFor } from "./order-state.ts";
import type { Order } from "./order.ts";

export type SaveDecisions = (decisions: readonly OrderDecision[]) => Promise<void>;

/**
 * Decides orders of one shop that have no conversion yet: who earns them, and what is to be reported.
 * Whoever calls says how decisions are saved, which is before anything follows from them; without `asks`
 * impact.com is not asked whose the clicks were. Must run in the transaction that holds the orders' locks.
 */
export async function decideNew(
  tx: PipelineStores,
  shop: ShopDomain,
  orders: readonly Order[],
  { now, asks, save }: { now: Date; asks: boolean; save: SaveDecisions },
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

  await save(decided.map(toDecision));
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

function toDecision({ order, verdict }: Decided): OrderDecision {
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
  const conversions = decided.flatMap(({ order, verdict, number }): NewConversion[] => {
    const { attribution } = verdict;
    if (verdict.reason !== null || attribution?.outcome !== "credited") return [];
    const { programId, eventTypeId } = program;
    const { amountBasis } = settings;
    const { emailSha1 } = order.facts;
    const terms = { programId, eventTypeId, amountBasis, emailSha1 };
    return conversionsOfShares(order, attribution.shares, terms, number);
  });
  const created = await tx.conversions.createAll(shop, conversions, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, created));
}
