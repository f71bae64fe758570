import type { Conversion } from "../conversions/conversion.ts";
import { saveStanding, standingOf } from "../conversions/standing.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Adjustment } from "./adjustment.ts";
import { toAdjustJob } from "./adjusting-limit.ts";
import {
  heldBy,
  isFollowed,
  judgeConversion,
  planFor,
  type Judgement,
} from "./judge-conversion.ts";
import { heldMinor } from "./plan-adjustment.ts";
import { reportAgain } from "./report-again.ts";

/**
 * Compares what impact.com holds of a credited conversion with what its order earns now, and starts
 * the adjustment that closes the gap; tells on the order's line where that stands. Running it again
 * changes nothing. `again` tries what impact.com has refused before. The caller holds the order's lock.
 */
export async function reviewConversion(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  now: Date,
  { again = false } = {},
): Promise<void> {
  if (!isFollowed(conversion)) return;
  const newest = await tx.adjustments.newestFor(order.shop, conversion.id);
  if (newest && isOpen(newest)) return goOn(tx, order, conversion, newest, now);
  const judgement = judgeConversion(order, conversion, newest, { again });
  if (judgement.outcome === "adjust") return start(tx, order, conversion, judgement, now);
  if (judgement.outcome === "report-again") {
    return reportAgain(tx, conversion, judgement.amountMinor, now);
  }
  const isStuck = newest?.reason === "locked" || conversion.reversedAt !== null;
  if (newest?.state === "failed" && isStuck) await keepStake(tx, order, conversion, newest);
  await saveNews(tx, order, conversion, standing(conversion, judgement), now);
}

/** What another partner was paid for stays a failure until it is reversed. */
function standing(
  { state, problem }: Conversion,
  judgement: Extract<Judgement, { outcome: "leave" }>,
): { reason: OrderReason; problem: string | null } {
  const isPaid = judgement.reason === "credited" || judgement.reason === "adjusted";
  return state === "failed" && isPaid ? { reason: "credited-to-another", problem } : judgement;
}

/** On its way: ready, being sent, or sent and not decided. */
export function isOpen({ state }: Pick<Adjustment, "state">): boolean {
  return state === "ready" || state === "sending" || state === "sent";
}

/** Before it is sent it takes in what is newest, and its outcome calls for another review. */
async function goOn(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  open: Adjustment,
  now: Date,
): Promise<void> {
  const before = standingOf(order, conversion);
  const hasWaited = before.reason === "not-connected" && open.state === "ready";
  if (hasWaited) await tx.queue.sendAll("send-adjustment", [toAdjustJob(open)]);
  const problem = before.reason === "adjusting" ? before.problem : null;
  await saveNews(tx, order, conversion, { reason: "adjusting", problem }, now);
}

async function start(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  { plan }: Extract<Judgement, { outcome: "adjust" }>,
  now: Date,
): Promise<void> {
  const { kind, disposition, target } = plan;
  const { id: conversionId, shop, orderId, currency } = conversion;
  const fromMinor = heldMinor(heldBy(conversion));
  const toMinor = heldMinor(target);
  const adjustment = await tx.adjustments.create(
    shop,
    { orderId, conversionId, kind, disposition, target, currency, fromMinor, toMinor },
    now,
  );
  if (!adjustment) return;
  await saveNews(tx, order, conversion, { reason: "adjusting", problem: null }, now);
  await tx.queue.sendAll("send-adjustment", [toAdjustJob(adjustment)]);
}

/** One that is locked, or was reversed there, is listed with the money at stake, which later changes move. */
async function keepStake(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  failed: Adjustment,
): Promise<void> {
  const plan = planFor(order, conversion);
  if (plan.kind === "none" && conversion.reversedAt === null) return;
  const target = plan.kind === "none" ? heldBy(conversion) : plan.target;
  const { kind, disposition } = plan.kind === "none" ? failed : plan;
  const stake = { target, kind, disposition, toMinor: heldMinor(target) };
  if (stake.toMinor !== failed.toMinor) {
    await tx.adjustments.save(order.shop, { ...failed, ...stake });
  }
}

async function saveNews(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  news: { reason: OrderReason; problem: string | null },
  now: Date,
): Promise<void> {
  // A part's line may stand otherwise by now than it did when it was read.
  const isSame = !conversion.part && order.reason === news.reason && order.problem === news.problem;
  if (!isSame) await saveStanding(tx, conversion, news, now);
}
