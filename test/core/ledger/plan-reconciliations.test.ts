import { expect, test } from "vitest";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { beginBackfill } from "#app/core/ledger/begin-run.ts";
import { readBackfill } from "#app/core/ledger/read-reconciliations.ts";
import { reconcileOrders } from "#app/core/ledger/reconcile-orders.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy } from "#test/support/shopper.ts";
import { createWorld, EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;

async function runsOf({ ports, domain }: World) {
  const runs = await ports.store.reconciliations.list(domain, { limit: 50 });
  return runs.map(({ kind, state }) => `${kind} ${state}`).toSorted();
}

test("choosing a program takes in past orders once, however often one is chosen", async () => {
  const world = await createWorld();
  for (let i = 0; i < 3; i += 1) buy(world);
  world.clock.pass(HOUR_MS);
  await setUpProgram(world);
  const [run] = await world.ports.store.reconciliations.list(world.domain, { limit: 9 });
  expect(run).toMatchObject({ kind: "backfill", state: "finished", listed: 3, found: 3 });
  expect(await world.ports.store.orders.countByState(world.domain)).toMatchObject({ ignored: 3 });

  const choice = { programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID };
  await chooseProgram(world.ports, { shop: world.domain, ...choice });
  await world.drain();
  expect(await runsOf(world)).toEqual(["backfill finished"]);
});

test("each hour Shopify's orders are due, each day impact.com's actions, however often it is planned", async () => {
  const world = await worldWithCodes();
  world.clock.pass(HOUR_MS);
  await planReconciliations(world.ports);
  await planReconciliations(world.ports);
  await world.drain();
  expect(await runsOf(world)).toEqual(["actions finished", "backfill finished", "orders finished"]);
  await planReconciliations(world.ports);
  expect(await runsOf(world)).toHaveLength(3);
  world.clock.pass(HOUR_MS);
  await planReconciliations(world.ports);
  await world.drain();
  expect(await runsOf(world)).toHaveLength(4);
});

test("several workers that plan at once start one run of each kind", async () => {
  const world = await worldWithCodes();
  world.clock.pass(HOUR_MS);
  await Promise.all(Array.from({ length: 4 }, () => planReconciliations(world.ports)));
  expect(await runsOf(world)).toEqual(["actions running", "backfill finished", "orders running"]);
  const ran = await world.drain();
  expect(ran.toSorted()).toEqual(["reconcile-actions", "reconcile-actions", "reconcile-orders"]);
});

test("a run whose job was lost goes on after an hour, with one job from however many planners", async () => {
  const world = await worldWithCodes();
  world.clock.pass(HOUR_MS);
  await planReconciliations(world.ports);
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name LIKE 'reconcile-%'`;
  world.clock.pass(HOUR_MS);
  await planReconciliations(world.ports);
  expect(await world.drain()).toEqual([]);
  world.clock.pass(HOUR_MS);
  await Promise.all([planReconciliations(world.ports), planReconciliations(world.ports)]);
  const ran = await world.drain();
  expect(ran.filter((name) => name === "reconcile-orders").length).toBe(1);
  expect(await runsOf(world)).toEqual(["actions finished", "backfill finished", "orders finished"]);
});

test("a shop that has not connected impact.com has its orders compared all the same", async () => {
  const world = await createWorld();
  await ensureShop(world.ports, world.domain);
  await planReconciliations(world.ports);
  await world.drain();
  expect(await runsOf(world)).toEqual(["orders finished"]);
});

test("a shop that has left is left alone, and a run under way ends", async () => {
  const world = await worldWithCodes();
  world.clock.pass(HOUR_MS);
  await planReconciliations(world.ports);
  await world.ports.store.shops.uninstall(world.domain, world.clock.now());
  await world.ports.store.connections.remove(world.domain);
  world.ports.shopify.listOrders = () => {
    throw new Error("Shopify was asked");
  };
  await world.drain();
  world.clock.pass(24 * HOUR_MS);
  await planReconciliations(world.ports);
  await world.drain();
  expect(await runsOf(world)).toEqual(["actions failed", "backfill finished", "orders failed"]);
});

test("a back-fill is not over before the orders it found are in", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock, prisma } = world;
  await prisma.reconciliation.deleteMany();
  for (let i = 0; i < 3; i += 1) buy(world);
  clock.pass(HOUR_MS);
  await ports.store.inTransaction((tx) => beginBackfill(tx, shop, clock.now()));
  const [{ id: runId } = { id: "" }] = await prisma.reconciliation.findMany();
  await reconcileOrders(ports, { shop, runId });
  expect(await readBackfill(ports, shop)).toMatchObject({
    run: { state: "finished" },
    stillReading: 3,
  });
  await world.drain();
  expect((await readBackfill(ports, shop)).stillReading).toBe(0);
});

test("many shops are planned a page at a time, each page in a job of its own", async () => {
  const world = await createWorld();
  const names = Array.from({ length: 230 }, (_, i) => `zz-shop-${1_000 + i}.myshopify.com`);
  await world.prisma.shop.createMany({
    data: names.map((domain) => ({
      domain,
      name: domain,
      currency: "USD",
      timeZone: "UTC",
      installedAt: world.clock.now(),
    })),
  });
  const countRuns = () => world.prisma.reconciliation.count({ where: { kind: "orders" } });
  await planReconciliations(world.ports);
  expect(await countRuns()).toBeLessThan(150);
  const [next] = await world.prisma.$queryRaw<{ data: unknown }[]>`
    SELECT data FROM pgboss.job WHERE name = 'plan-reconciliations'`;
  expect(next?.data).toHaveProperty("after");
  for (;;) {
    const [job] = await world.prisma.$queryRaw<{ data: unknown }[]>`
      DELETE FROM pgboss.job WHERE name = 'plan-reconciliations' RETURNING data`;
    if (!job) break;
    await jobs["plan-reconciliations"].run(world.ports, job.data);
  }
  const shops = await world.prisma.reconciliation.groupBy({
    by: ["shop"],
    where: { kind: "orders" },
  });
  expect(shops).toHaveLength(await world.prisma.shop.count());
});

test("a shop that can't be planned keeps no other shop from its runs", async () => {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  const { ports, prisma } = world;
  await prisma.reconciliation.deleteMany({});
  const page = await ports.store.reconciliations.shopsToPlan({ after: null, limit: 9 });
  const [first = world.domain, last = world.domain] = page.map(({ shop }) => shop);
  expect(new Set([first, last])).toEqual(new Set([world.domain, other.domain]));
  const { listOverdue } = ports.store.late;
  const late: Ports["store"]["late"] = {
    ...ports.store.late,
    listOverdue: (shop, asked) =>
      shop === first ? Promise.reject(new Error("timed out")) : listOverdue(shop, asked),
  };
  const store = { ...ports.store, late };
  await expect(planReconciliations({ ...ports, store })).rejects.toThrow("timed out");
  expect(await prisma.reconciliation.count({ where: { shop: last } })).toBeGreaterThan(0);
});
