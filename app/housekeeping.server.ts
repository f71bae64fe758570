import { forgetDeliveries } from "./adapters/postgres/forget-deliveries.ts";
import { forgetReconciliations } from "./adapters/postgres/forget-reconciliations.ts";
import { forgetStrangers } from "./adapters/postgres/forget-strangers.ts";
import { boss, log, prisma } from "./db.server.ts";

export const HOUSEKEEPING = "housekeeping";
const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
const DAILY = "17 3 * * *";

/** Once a day, in one worker of however many, what nobody needs any more is deleted. */
export async function startHousekeeping(): Promise<void> {
  await boss.createQueue(HOUSEKEEPING, { expireInSeconds: 3_600, retryLimit: 3 });
  await boss.schedule(HOUSEKEEPING, DAILY);
  await boss.work(HOUSEKEEPING, async () => {
    const before = new Date(Date.now() - KEPT_DAYS * DAY_MS);
    const deliveries = await forgetDeliveries(prisma, before);
    const runs = await forgetReconciliations(prisma, before);
    // By then Shopify repeats nothing of it.
    const strangers = await forgetStrangers(prisma, new Date(Date.now() - DAY_MS));
    log.info({ deliveries, runs, strangers }, "what nobody needs any more is deleted");
  });
}
