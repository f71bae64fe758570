import { expect, test } from "vitest";
import type { JobName } from "#app/core/ports/queue.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { runBatch } from "#app/jobs/run-batch.ts";
import { requestsTo, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;
/** Conversions that a worker sends side by side. */
const AT_ONCE = 16;
const ORDERS = 60;
/** As 1,500 orders are to impact.com's thousand: one hour is not enough for them. */
const REQUESTS_PER_HOUR = 40;

interface DueJob {
  id: string;
  name: JobName;
  data: unknown;
  due: Date;
}

/** Runs jobs as workers would: of those that are due, the one with the highest priority first. */
async function runUntil(world: World, until: Date): Promise<void> {
  const { prisma, boss, clock } = world;
  for (;;) {
    const now = clock.now();
    const due = await prisma.$queryRaw<DueJob[]>`
      SELECT id, name, data, start_after AS due FROM pgboss.job
      WHERE state IN ('created', 'retry') AND (start_after = created_on OR start_after <= ${now})
      ORDER BY priority DESC, created_on`;
    for (const batch of batchesOf(due)) {
      await runTogether(world, batch);
      const [first] = batch;
      if (first)
        await boss.deleteJob(
          first.name,
          batch.map(({ id }) => id),
        );
    }
    if (due.length > 0) continue;
    const [next] = await prisma.$queryRaw<DueJob[]>`
      SELECT id, name, data, start_after AS due FROM pgboss.job
      WHERE state IN ('created', 'retry') ORDER BY start_after LIMIT 1`;
    if (!next || next.due > until) return clock.passTo(until);
    clock.passTo(next.due);
  }
}

/** Jobs of one kind that follow each other, as many as a worker takes at once. */
function batchesOf(due: DueJob[]): DueJob[][] {
  const batches: DueJob[][] = [];
  for (const job of due) {
    const last = batches.at(-1);
    const room = jobs[job.name].list?.batchSize ?? 1;
    if (last?.[0]?.name === job.name && last.length < room) last.push(job);
    else batches.push([job]);
  }
  return batches;
}

async function runTogether({ ports }: World, batch: DueJob[]): Promise<void> {
  const [first] = batch;
  if (!first) return;
  const ends = await runBatch(jobs[first.name], ports, batch, (_group, run) => run());
  const failed = ends.find(({ status }) => status === "failed");
  if (failed) throw new Error(`${first.name}: ${failed.output?.message}`);
}

/** Orders of many days, whose webhooks all come late and in another order. */
async function deliverOrders(world: World): Promise<StoredOrder[]> {
  const orders: StoredOrder[] = [];
  for (let nth = 0; nth < ORDERS; nth += 1) {
    orders.push(buy(world, { codes: ["ANNA10"] }));
    world.clock.pass(2 * HOUR);
  }
  for (let nth = 0; nth < ORDERS; nth += 1) {
    const order = orders[(nth * 7) % ORDERS];
    if (order) await deliver(world, webhookFor(world, order));
  }
  return orders;
}

function requestsIn({ impact }: World, from: Date, to: Date): number {
  return impact.requests.filter(({ at }) => at >= from && at < to).length;
}

test(
  "impact.com is down for two days: nothing is lost or doubled, and it drains by reporting deadline within the limit",
  { timeout: 240_000 },
  async () => {
    const world = await worldWithCodes();
    const { clock, impact, impactState, prisma, domain: shop } = world;
    impactState.rules.requestsPerHour = REQUESTS_PER_HOUR;
    const orders = await deliverOrders(world);

    const downAt = clock.now();
    impact.faults.failNext(Infinity, 503);
    const backAt = new Date(downAt.getTime() + 48 * HOUR);
    await runUntil(world, backAt);
    expect(await prisma.order.count({ where: { shop, reason: "trying-again" } })).toBe(ORDERS);
    // A few tries show that it is down; from then on one request an hour does.
    expect(requestsIn(world, downAt, backAt)).toBeLessThan(5 + AT_ONCE + 7 + 48);
    const lastHour = new Date(backAt.getTime() - HOUR);
    expect(requestsIn(world, lastHour, backAt)).toBeLessThanOrEqual(1);

    impact.faults.clear();
    impact.requests.length = 0;
    await runUntil(world, new Date(backAt.getTime() + 12 * HOUR));
    expect(await prisma.order.count({ where: { shop, reason: "credited" } })).toBe(ORDERS);
    expect(orders.map(({ id }) => actionsOf(impactState, id).length)).toEqual(orders.map(() => 1));
    expect(impact.requests.filter(({ outcome }) => outcome === 429)).toEqual([]);
    const sent = requestsTo(world, "POST", "/Conversions").map(({ form }) => form.get("OrderId"));
    expect(sent.toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
    // Some are on their way side by side, and as many wait for the next hour's first turn.
    const outOfTurn = orders.map(({ id }, turn) => Math.abs(sent.indexOf(id) - turn));
    expect(Math.max(...outOfTurn)).toBeLessThan(2 * AT_ONCE);
  },
);
