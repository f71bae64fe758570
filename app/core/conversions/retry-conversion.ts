import { remedyFor, type OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { toSendJobs } from "./send-jobs.ts";
import { saveStanding, standingOf } from "./standing.ts";

/**
 * Sends an order's failed conversions once more, for a merchant who has mended the cause.
 * The caller holds the order's lock.
 */
export async function retryConversions(
  tx: PipelineStores,
  order: Pick<Order, "shop" | "orderId" | "placedAt" | "reason" | "problem">,
  now: Date,
): Promise<void> {
  const { shop, orderId, placedAt } = order;
  for (const conversion of await tx.conversions.listForOrder(shop, orderId)) {
    const { reason } = standingOf(order, conversion);
    const isMeant = remedyFor({ reason, placedAt }, now) === "send-again";
    if (conversion.state === "failed" && isMeant) await sendAgain(tx, conversion, reason, now);
  }
}

async function sendAgain(
  tx: PipelineStores,
  conversion: Conversion,
  reason: OrderReason,
  now: Date,
): Promise<void> {
  const { shop, orderId, id: conversionId } = conversion;
  const submissions = await tx.conversions.listSubmissions(shop, [conversionId]);
  // What broke off after it was addressed may have been taken: nobody heard the answer.
  const isNew =
    reason === "broke-off"
      ? conversion.accountSid === null
      : isKnownNowhere(conversion, submissions);
  // Where impact.com may have it, it only ever goes as it was, to the same account and program.
  const afresh = isNew ? { accountSid: null, lines: [] } : {};
  const ready = { state: "ready", settledAt: null, problem: null } as const;
  await tx.conversions.save(shop, { ...conversion, ...ready, ...afresh });
  await saveStanding(tx, conversion, { reason: "to-send", problem: null }, now);
  // The order may have changed since: deciding it again sends what it earns now.
  if (isNew) await tx.queue.send("process-order", { shop, orderId });
  else await tx.queue.sendAll("send-conversion", toSendJobs(shop, [conversion]));
}

/** impact.com said of every try that nothing came of it; a duplicate, or no answer, says otherwise. */
export function isKnownNowhere(
  { attempts, sentAt }: Conversion,
  submissions: readonly Submission[],
): boolean {
  const wasRefusedAtOnce = sentAt === null && attempts <= 1;
  const reasons = submissions.map(({ errorReason }) => errorReason);
  const cameToNothing =
    submissions.length === attempts &&
    reasons.every((reason) => reason !== null && !reason.includes("CONV_DUPLICATE"));
  return wasRefusedAtOnce || cameToNothing;
}
