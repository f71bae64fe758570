import { forgetDeliveries } from "./adapters/postgres/forget-deliveries.ts";
import { forgetReconciliations } from "./adapters/postgres/forget-reconciliations.ts";
import { boss, log, prisma } from "./db.server.ts";

export const HOUSEKEEPING = "housekeeping";
const KEPT_DAYS = 90;
const DAILY = "17 3 * * *";

/** Once a day, in one worker of however many, what nobody needs any more is deleted. */
export async function startHousekeeping(): Promise<void> {
  await boss.createQueue(HOUSEKEEPING, { expireInSeconds: 3_600, retryLimit: 3 });
  await boss.schedule(HOUSEKEEPING, DAILY);
  await boss.work(HOUSEKEEPING, async () => {
    const before = new Date(Date.now() - KEPT_DAYS * 86_400_000);
    const deliveries = await forgetDeliveries(prisma, before);
    const runs = await forgetReconciliations(prisma, before);
    log.info({ deliveries, runs }, "deliveries and runs older than 90 days are deleted");
  });
}
