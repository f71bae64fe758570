import { forgetAdoptions } from "./adapters/postgres/forget-adoptions.ts";
import { forgetClicks } from "./adapters/postgres/forget-clicks.ts";
import { forgetDeliveries } from "./adapters/postgres/forget-deliveries.ts";
import { forgetReconciliations } from "./adapters/postgres/forget-reconciliations.ts";
import { forgetStrangers } from "./adapters/postgres/forget-strangers.ts";
import { forgetUploads } from "./adapters/postgres/forget-uploads.ts";
import { boss, log, prisma } from "./db.server.ts";

export const HOUSEKEEPING = "housekeeping";
const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** By then Shopify has told of the order, or its reconciliation has found it. */
const ORDER_COMES_DAYS = 3;
/** Uploads may name people: none is kept for much longer than its day. */
const HOURLY = "17 * * * *";

/** Once an hour, in one worker of however many, what nobody needs any more is deleted. */
export async function startHousekeeping(): Promise<void> {
  await boss.createQueue(HOUSEKEEPING, { expireInSeconds: 3_600, retryLimit: 3 });
  await boss.schedule(HOUSEKEEPING, HOURLY);
  await boss.work(HOUSEKEEPING, async () => {
    const before = new Date(Date.now() - KEPT_DAYS * DAY_MS);
    const deliveries = await forgetDeliveries(prisma, before);
    const runs = await forgetReconciliations(prisma, before);
    // By then Shopify repeats nothing of it.
    const strangers = await forgetStrangers(prisma, new Date(Date.now() - DAY_MS));
    const clicks = await forgetClicks(prisma, new Date(Date.now() - ORDER_COMES_DAYS * DAY_MS));
    const uploads = await forgetUploads(prisma, new Date());
    const adoptions = await forgetAdoptions(prisma, { now: new Date(), before });
    log.info(
      { deliveries, runs, strangers, clicks, uploads, adoptions },
      "what nobody needs any more is deleted",
    );
  });
}
