import type { Conversion } from "../conversions/conversion.ts";
import { saveStanding } from "../conversions/standing.ts";
import { CONNECT_AGAIN, REPORTED_THROUGH } from "../orders/impact-need.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt, triesWithin } from "../retry.ts";
import type { Adjustment } from "./adjustment.ts";
import { adjustingEndsAt, toAdjustJob } from "./adjusting-limit.ts";
import { reviewConversion } from "./review-conversion.ts";

export function isTooLate(adjustment: Adjustment, at: Date): boolean {
  return at > adjustingEndsAt(adjustment);
}

/**
 * Puts an adjustment back for another try, or gives it up where that try would come too late. A try of
 * which impact.com took nothing does not count: what it would have told may still change, or be nothing.
 */
export async function tryLater(
  ports: Ports,
  tried: Adjustment,
  problem: ImpactProblem,
): Promise<void> {
  const { shop, orderId } = tried;
  const before = tried.attempts - 1;
  const adjustment = problem.tookNothing ? { ...tried, attempts: before } : tried;
  const now = ports.clock.now();
  const waited = now.getTime() - tried.createdAt.getTime();
  const attempts = problem.tookNothing ? triesWithin(waited) : before;
  const random = ports.random();
  const at = nextAttemptAt({ now, attempts, random, notBefore: problem.retryAt });
  if (isTooLate(adjustment, at)) return fail(ports, adjustment, problem);
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const news = { state: "ready", nextAttemptAt: at, problem: problem.message } as const;
    const isSaved = await tx.adjustments.save(shop, { ...adjustment, ...news });
    if (!isSaved) return;
    const { message } = problem;
    await tell(tx, adjustment, { reason: "adjusting", problem: message }, ports.clock.now());
    await tx.queue.sendAll("send-adjustment", [toAdjustJob(adjustment, at)]);
  });
}

/** Puts it back until its account is connected: connecting decides its order again. */
export async function release(
  ports: Ports,
  adjustment: Adjustment,
  { accountSid }: Conversion,
): Promise<void> {
  const { shop, orderId } = adjustment;
  const problem = `${REPORTED_THROUGH} ${accountSid}. ${CONNECT_AGAIN}, so that the change can follow it.`;
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    await tx.connections.hold(shop, "reading");
    const isSaved = await tx.adjustments.save(shop, { ...adjustment, state: "ready" });
    if (!isSaved) return;
    const now = ports.clock.now();
    await tell(tx, adjustment, { reason: "not-connected", problem }, now);
    // The account may have been connected since it was looked for.
    const connection = await tx.connections.find(shop);
    if (connection?.credentials.accountSid !== accountSid) return;
    await tx.queue.sendAll("send-adjustment", [toAdjustJob(adjustment)]);
  });
}

async function tell(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  { shop, conversionId }: Adjustment,
  news: { reason: OrderReason; problem: string },
  now: Date,
): Promise<void> {
  const conversion = await tx.conversions.find(shop, conversionId);
  if (conversion) await saveStanding(tx, conversion, news, now);
}

/** Ends an adjustment that impact.com will not take. An order changed since starts the next one. */
export async function fail(
  ports: Ports,
  adjustment: Adjustment,
  problem: Problem | null,
): Promise<void> {
  const now = ports.clock.now();
  const { shop, orderId, conversionId } = adjustment;
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const isSaved = await tx.adjustments.save(shop, {
      ...adjustment,
      state: "failed",
      reason: "refused",
      problem: problem?.message ?? adjustment.problem,
      settledAt: now,
    });
    const order = await tx.orders.find(shop, orderId);
    const conversion = await tx.conversions.find(shop, conversionId);
    if (isSaved && order && conversion) await reviewConversion(tx, order, conversion, now);
  });
}
