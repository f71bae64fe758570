import { migrate } from "#app/adapters/postgres/migrate.ts";
import { createPool } from "#app/adapters/postgres/pool.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { openBoss } from "#app/adapters/postgres/queue.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import { createStore } from "#app/adapters/postgres/store.ts";
import type { Pool } from "pg";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { simulateRule } from "#app/core/simulation/simulate-rule.ts";
import { naively } from "./simulate/naively.ts";
import { seedOrders } from "./simulate/seed-orders.ts";
import { onOwnServer } from "./on-own-server.ts";

const SHOP = "replayed.myshopify.com" as ShopDomain;
const ORDERS = 200_000;
/** Of the naive way: enough to know what one order costs. */
const SAMPLE = 2_000;
const ROUNDS = 3;

const FORM = {
  ...{ meeting: "split", days: "7", codePercent: "70", clickPercent: "30" },
  ...{ several: "split-evenly", discounts: [], clickAlone: "report" },
};

export function limits(figures: Record<string, number>): [string, boolean][] {
  const { seconds = Infinity, vs_naive = 0 } = figures;
  return [
    ["under 5 s", seconds < 5],
    ["vs_naive at least 50", vs_naive >= 50],
  ];
}

/**
 * 200,000 orders of 90 days replayed under a new rule beside today's, the median of three runs, and
 * the naive way in the same run: one query for each order, with all that decides about it.
 */
export async function bench(): Promise<Record<string, number>> {
  return onOwnServer("simulate", measure);
}

async function measure(databaseUrl: string): Promise<Record<string, number>> {
  await migrate(databaseUrl);
  const prisma = createPrismaClient(databaseUrl);
  const boss = await openBoss(databaseUrl, () => undefined);
  const pool = createPool(databaseUrl, () => undefined);
  const secrets = createSecretBox(Buffer.alloc(32));
  const store = createStore({ prisma, pool, boss, secrets });
  const ports = { store, clock: { now: () => new Date() } };
  try {
    await seedOrders(pool, SHOP, ORDERS);
    // As autovacuum leaves it.
    await prisma.$executeRawUnsafe("VACUUM ANALYZE");
    return await compare(ports, pool);
  } finally {
    await Promise.all([prisma.$disconnect(), boss.stop(), pool.end()]);
  }
}

async function compare(
  ports: Pick<Ports, "store" | "clock">,
  pool: Pool,
): Promise<Record<string, number>> {
  await replay(ports);
  const runs = [];
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await replay(ports));
  const seconds = runs.toSorted((one, other) => one - other)[1] ?? 0;
  const naiveSeconds = await timed(() =>
    naively(ports, pool, { shop: SHOP, form: FORM, orders: SAMPLE }),
  );
  const ordersPerS = ORDERS / seconds;
  return {
    orders: ORDERS,
    seconds: Math.round(seconds * 100) / 100,
    orders_per_s: Math.round(ordersPerS),
    naive_orders_per_s: Math.round(SAMPLE / naiveSeconds),
    vs_naive: Math.round((ordersPerS / (SAMPLE / naiveSeconds)) * 10) / 10,
  };
}

function replay(ports: Pick<Ports, "store" | "clock">): Promise<number> {
  return timed(async () => {
    const simulated = await simulateRule(ports, {
      shop: SHOP,
      days: 90,
      form: FORM,
      subject: null,
    });
    if (!simulated.ok) throw new Error("the rule was refused");
    const { orders, changed } = simulated.simulation;
    if (orders !== ORDERS || changed === 0)
      throw new Error(`${orders} replayed, ${changed} changed`);
  });
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return (performance.now() - begun) / 1_000;
}
