import { fromPrisma, PgBoss } from "pg-boss";
import type { JobName, Queue } from "#app/core/ports/queue.ts";
import type { Db } from "./prisma-client.ts";

/** Higher goes first: money that has to be reported before anything a merchant can wait for. */
const PRIORITIES: Record<JobName, number> = {
  "process-delivery": 50,
  "process-order": 40,
  "send-conversion": 50,
  "check-submission": 30,
  "register-code": 20,
  "make-codes": 20,
  "sync-partners": 10,
  "take-up-waiting": 40,
  "redact-orders": 30,
  "uninstall-shop": 60,
  "erase-shop": 30,
};

/** A queue whose jobs are part of the transaction `db` belongs to, or of none. */
export function createQueue(boss: PgBoss, db: Db): Queue {
  const inSameTransaction = fromPrisma(db);
  return {
    async send(name, payload, { startAfter } = {}) {
      await boss.send(name, payload, {
        db: inSameTransaction,
        priority: PRIORITIES[name],
        // Lets workers share their time between shops.
        group: { id: payload.shop },
        ...(startAfter && { startAfter }),
      });
    },
  };
}

const DAY_S = 86_400;

/**
 * Opens pg-boss on its own schema of the same database and makes sure that every queue exists.
 * `onError` hears of lost connections, which pg-boss gets over by itself.
 */
export async function openBoss(
  connectionString: string,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, max: 6, useListenNotify: true });
  boss.on("error", onError);
  await boss.start();
  for (const name of Object.keys(PRIORITIES)) {
    // Handlers plan their own retries; these are for a worker that died or a long outage.
    await boss.createQueue(name, {
      retryLimit: 1_000,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 3_600,
      expireInSeconds: 300,
      retentionSeconds: 90 * DAY_S,
      deleteAfterSeconds: DAY_S,
      notify: true,
    });
  }
  return boss;
}
