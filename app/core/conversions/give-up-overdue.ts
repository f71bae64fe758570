import { oldestAdjustable, toAdjustJob } from "../adjustments/adjusting-limit.ts";
import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import { oldestReportable } from "./reporting-limit.ts";
import { toSendJobs } from "./send-jobs.ts";

const AT_A_TIME = 1_000;

/**
 * Ends the waiting of orders, conversions and adjustments that no job comes back to: what waits for a
 * connection or a code past impact.com's limit is taken up once more, and fails as too late. Done
 * again it changes nothing.
 */
export async function giveUpOverdue(
  { late, adjustments, queue }: Pick<Stores, "late" | "adjustments" | "queue">,
  shop: ShopDomain,
  now: Date,
): Promise<void> {
  const page = { before: oldestReportable(now), limit: AT_A_TIME };
  const overdue = await late.listOverdue(shop, page);
  await queue.sendAll(
    "send-conversion",
    toSendJobs(
      shop,
      overdue.map(({ conversionId: id, eventAt }) => ({ id, eventAt })),
    ),
  );
  const orderIds = await late.listOverdueOrders(shop, page);
  await queue.sendAll(
    "process-order",
    orderIds.map((orderId) => ({ payload: { shop, orderId } })),
  );
  const before = oldestAdjustable(now);
  const changes = await adjustments.listOverdue(shop, { before, limit: AT_A_TIME });
  await queue.sendAll(
    "send-adjustment",
    changes.map((change) => toAdjustJob(change)),
  );
}
