import { remedyFor } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { isKnownNowhere, mayBeUnlisted } from "./known-nowhere.ts";
import { asUntried } from "./put-back-conversion.ts";
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
    if (conversion.state === "failed" && isMeant) await sendAgain(tx, conversion, now);
  }
}

async function sendAgain(tx: PipelineStores, conversion: Conversion, now: Date): Promise<void> {
  const { shop, orderId, id: conversionId } = conversion;
  const submissions = await tx.conversions.listSubmissions(shop, [conversionId]);
  const isNew = isKnownNowhere(conversion, submissions);
  // Where impact.com may have it, it goes as it was, unless its list tells that it hasn't got it.
  const address = isNew ? asUntried(conversion) : conversion;
  const settledAt = !isNew && mayBeUnlisted(submissions) ? conversion.settledAt : null;
  const ready = { state: "ready", settledAt, problem: null } as const;
  await tx.conversions.save(shop, { ...address, ...ready });
  await saveStanding(tx, conversion, { reason: "to-send", problem: null }, now);
  // The order may have changed since: deciding it again sends what it earns now.
  if (isNew) await tx.queue.send("process-order", { shop, orderId });
  else await tx.queue.sendAll("send-conversion", toSendJobs(shop, [conversion]));
}
