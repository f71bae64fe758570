import { PgBoss, type ConnectionOptions } from "pg-boss";
import type { JobName, JobOptions, Queue } from "#app/core/ports/queue.ts";
import type { RawSql } from "./raw-sql.ts";

/** Every queue there is: a job without one does not compile. */
const QUEUES: Record<JobName, true> = {
  "process-delivery": true,
  "process-order": true,
  "join-click": true,
  "look-up-click": true,
  "look-up-lone-clicks": true,
  "send-conversion": true,
  "send-adjustment": true,
  "fetch-order": true,
  "reconcile-orders": true,
  "reconcile-actions": true,
  "reconcile-codes": true,
  "look-at-discount": true,
  "repair-differences": true,
  "plan-reconciliations": true,
  "refresh-shop": true,
  "check-submission": true,
  "register-code": true,
  "register-codes": true,
  "register-families": true,
  "take-over-codes": true,
  "make-codes": true,
  "change-codes": true,
  "read-adoption": true,
  "adopt-codes": true,
  "retire-ended": true,
  "look-for-file": true,
  "take-back-file": true,
  "sync-partners": true,
  "take-up-waiting": true,
  "retry-orders": true,
  "attribute-late": true,
  "attribute-adopted": true,
  "redact-orders": true,
  "answer-data-request": true,
  "follow-scopes": true,
  "uninstall-shop": true,
  "erase-shop": true,
};

/** A queue whose jobs are part of the transaction `sql` belongs to, or of none. */
export function createQueue(boss: PgBoss, sql: RawSql): Queue {
  return createQueueOver(boss, {
    executeSql: async (text, values = []) => ({
      rows: await sql.$queryRawUnsafe<unknown[]>(text, ...values),
    }),
  });
}

/** The same over any connection that pg-boss's statements can be run on. */
export function createQueueOver(
  boss: PgBoss,
  inSameTransaction: NonNullable<ConnectionOptions["db"]>,
): Queue {
  const sendAll: Queue["sendAll"] = async (name, jobs) => {
    if (jobs.length === 0) return;
    const inserts = jobs.map(({ payload, options }) => ({
      data: payload,
      priority: urgency(options),
      // Lets workers share their time between shops.
      ...("shop" in payload && { group: { id: payload.shop } }),
      ...(options?.startAfter && { startAfter: options.startAfter }),
    }));
    await boss.insert(name, inserts, { db: inSameTransaction });
  };
  return {
    sendAll,
    send: (name, payload, options = {}) => sendAll(name, [{ payload, options }]),
    isWaiting: async (name) => {
      const { rows } = await inSameTransaction.executeSql(DUE, [name]);
      return rows.length > 0;
    },
    putOff: async (name, shop, until) => {
      await inSameTransaction.executeSql(PUT_OFF, [name, shop, until]);
    },
  };
}

const DUE = `
  SELECT 1 AS one FROM pgboss.job
  WHERE name = $1 AND state < 'active' AND start_after <= now() LIMIT 1`;

const PUT_OFF = `
  UPDATE pgboss.job SET start_after = $3::timestamptz
  WHERE name = $1 AND group_id = $2 AND state < 'active' AND priority < 0 AND start_after <= now()`;

/**
 * A higher one goes first within a queue: what has neither deadline nor turn, then the lowest turn, or
 * the nearest deadline, to the minute.
 */
function urgency({ deadline, turn }: JobOptions = {}): number {
  if (turn !== undefined) return -1 - turn;
  return deadline ? -Math.floor(deadline.getTime() / 60_000) : 0;
}

const DAY_S = 86_400;
const EXPIRE_S = 300;
/** Full lists at impact.com's slowest must end before the queue takes the jobs for lost. */
const EXPIRE_LATER_S: Partial<Record<JobName, number>> = {
  "send-conversion": 3_600,
  "check-submission": 3_600,
};

/**
 * Opens pg-boss on its own schema of the same database and makes sure that every queue exists.
 * `onError` hears of lost connections, which pg-boss gets over by itself.
 */
export async function openBoss(
  connectionString: string,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    max: 6,
    useListenNotify: true,
    monitorIntervalSeconds: 15,
    superviseIntervalSeconds: 15,
  });
  boss.on("error", onError);
  await boss.start();
  const made = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const name of Object.keys(QUEUES)) {
    if (made.has(name)) continue;
    // Handlers plan their own retries; these are for a worker that died or a long outage.
    await boss.createQueue(name, {
      retryLimit: 1_000,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 3_600,
      expireInSeconds: EXPIRE_S,
      // A job whose worker was killed is another's within half a minute.
      heartbeatSeconds: 20,
      retentionSeconds: 90 * DAY_S,
      deleteAfterSeconds: DAY_S,
      notify: true,
    });
  }
  // A queue that was made before keeps what it was made with, unless told.
  for (const [name, expireInSeconds] of Object.entries(EXPIRE_LATER_S)) {
    await boss.updateQueue(name, { expireInSeconds });
  }
  return boss;
}
