import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { ChaosShop } from "./set-up-shops.ts";

const LEDGER = { path: "/app/ledger", route: "routes/app.ledger" };
const LOOK_EVERY_MS = 2_000;
/** Back-offs grow to an hour: who has not got there by then is stuck. */
const PATIENCE_MS = 75 * 60_000;

interface Unfinished {
  waiting: number;
  adjustments: number;
  deliveries: number;
  runs: number;
  jobs: number;
}

/**
 * Lets the last deliveries arrive, presses the merchant's “Check now”, which takes in what no
 * webhook brought, and waits until nothing is on its way any more. What is never paid waits on.
 */
export async function settle(
  world: DemoWorld,
  shops: ChaosShop[],
  databaseUrl: string,
  tell: (line: string) => void,
): Promise<void> {
  await world.webhooks.idle();
  for (const { merchant } of shops) await persistently(() => merchant.submit(LEDGER, CHECK_NOW));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const end = Date.now() + PATIENCE_MS;
  for (let looks = 0; Date.now() < end; looks += 1) {
    await passSixHours(client);
    const unfinished = await look(client);
    if (looks % 15 === 0) tell(`on its way: ${JSON.stringify(unfinished)}`);
    if (Object.values(unfinished).every((count) => count === 0)) break;
    await pause(LOOK_EVERY_MS);
  }
  await client.end();
}

/** The hours after which Shopify is asked a second time for an order that it does not find. */
async function passSixHours(client: pg.Client): Promise<void> {
  await client.query(
    `UPDATE pgboss.job SET "start_after" = now()
     WHERE "name" = 'fetch-order' AND "state" IN ('created', 'retry') AND "data"->>'missedAt' IS NOT NULL`,
  );
}

const CHECK_NOW: [string, string][] = [["intent", "orders"]];

/** The app may just be starting again. */
async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= 30) throw error;
      await pause(1_000);
    }
  }
}

async function look(client: pg.Client): Promise<Unfinished> {
  const { rows } = await client.query<Record<keyof Unfinished, string>>(`
    SELECT
      (SELECT count(*) FROM "Order" WHERE "state" = 'waiting' AND "reason" <> 'not-paid') AS waiting,
      (SELECT count(*) FROM "Adjustment" WHERE "state" IN ('ready', 'sending', 'sent')) AS adjustments,
      (SELECT count(*) FROM "Delivery" WHERE "state" = 'received') AS deliveries,
      (SELECT count(*) FROM "Reconciliation" WHERE "state" = 'running') AS runs,
      (SELECT count(*) FROM pgboss.job
       WHERE "state" IN ('created', 'retry', 'active')
         AND "name" IN ('process-delivery', 'fetch-order', 'reconcile-orders')) AS jobs`);
  const [row] = rows;
  if (!row) throw new Error("no counts");
  return {
    waiting: Number(row.waiting),
    adjustments: Number(row.adjustments),
    deliveries: Number(row.deliveries),
    runs: Number(row.runs),
    jobs: Number(row.jobs),
  };
}
