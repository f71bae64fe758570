import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { readLedger } from "#app/core/ledger/read-ledger.ts";
import { beginBackfill } from "#app/core/ledger/begin-run.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { reconcileOrders } from "#app/core/ledger/reconcile-orders.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import type { JobName } from "#app/core/ports/queue.ts";
import type { ListedOrder } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import { orderFactsWith } from "#test/core/given/order-facts-with.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { finallyPaidFor } from "#test/journeys/order-matrix/finally-paid.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import {
  buy,
  buyAndDeliver,
  deliver,
  orderIdOf,
  variantOf,
  webhookFor,
} from "#test/support/shopper.ts";
import { staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function reconcile(world: World): Promise<JobName[]> {
  await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
  return world.drain();
}

async function newestRun({ ports, domain }: World) {
  const [run] = await ports.store.reconciliations.list(domain, { kind: "orders", limit: 1 });
  if (!run) throw new Error("no run");
  return run;
}

function ledgerOf({ ports, domain }: World) {
  const choice = { days: 30 as const };
  return readLedger(ports, { shop: domain, timeZone: "America/New_York", choice });
}

const FIRST_ID = 9_007_199_254_742_000n;

/** Of every five we have one as it is, one in an older version, and three not at all. */
async function listFiveThousand({ ports, domain, clock }: World) {
  const now = clock.now().getTime();
  const listed = Array.from({ length: 5_000 }, (_, i) => ({
    orderId: String(FIRST_ID + BigInt(i)) as OrderId,
    updatedAt: new Date(now - (6_000 - i) * 60_000),
    placedAt: new Date(now - (6_000 - i) * 60_000),
    financialStatus: "paid" as const,
    isCancelled: false,
    refunds: 0,
    refundedAt: null,
    subtotalMinor: null,
  }));
  const known = listed.filter((_, i) => i % 5 < 2);
  const facts = known.map(({ orderId, updatedAt }, i) => {
    const seenAt = i % 2 === 0 ? updatedAt : new Date(updatedAt.getTime() - 1);
    return orderFactsWith({ orderId, updatedAt: seenAt, placedAt: seenAt });
  });
  await ports.store.orders.saveFacts(domain, facts, clock.now());
  return listed;
}

/** Shopify lists these, 250 on a page. */
function withListing({ ports }: World, listed: ListedOrder[], dies?: string): World["ports"] {
  const listOrders: World["ports"]["shopify"]["listOrders"] = (_shop, { cursor }) => {
    if (dies) throw new Error(dies);
    const start = Number(cursor ?? 0);
    const end = start + 250;
    const nextCursor = end < listed.length ? `${end}` : null;
    return Promise.resolve(success({ orders: listed.slice(start, end), nextCursor }));
  };
  return { ...ports, shopify: { ...ports.shopify, listOrders } };
}

test("an order no webhook ever brought is taken in by the run, and its partner is paid", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  world.clock.pass(60_000);
  expect(await ledgerOf(world)).toMatchObject({ atShopify: 1, here: 0, notHere: 1 });
  await reconcile(world);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
  expect(world.account.actions.map(({ partnerId }) => partnerId)).toEqual(["10001"]);
  expect(await ledgerOf(world)).toMatchObject({ atShopify: 1, here: 1, notHere: 0 });
  expect(await newestRun(world)).toMatchObject({ state: "finished", listed: 1, found: 1 });
});

test("an edit within the second of a version that came is found by the run, where its webhook is lost", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  const add = [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }];
  staffOf(world).edit(order, { add });
  world.clock.pass(60_000);
  await reconcile(world);
  expect(await newestRun(world)).toMatchObject({ found: 1 });
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(finallyPaidFor(order, "net"));
  world.clock.pass(60_000);
  await reconcile(world);
  expect(await newestRun(world)).toMatchObject({ found: 0 });
});

test("a second run finds nothing to do: nobody is paid twice", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  buy(world, { codes: ["BEN10"] });
  world.clock.pass(60_000);
  await reconcile(world);
  world.clock.pass(60_000);
  const ran = await reconcile(world);
  expect(ran).toEqual(["reconcile-orders"]);
  expect(await newestRun(world)).toMatchObject({ listed: 2, found: 0 });
  expect(world.account.actions.length).toBe(2);
});

test("of 5,000 orders in pages each that is missing or old is asked for once, through a crash", async () => {
  const world = await worldWithCodes();
  const { domain: shop, clock } = world;
  const listed = await listFiveThousand(world);
  const ports = withListing(world, listed);
  await startReconciliation(ports, { shop, kind: "orders" });
  const { id: runId } = await newestRun(world);
  for (let pages = 0; (await newestRun(world)).state === "running"; pages += 1) {
    expect(pages).toBeLessThan(100);
    if (pages === 7) {
      const dying = withListing(world, listed, "killed");
      await expect(reconcileOrders(dying, { shop, runId })).rejects.toThrow("killed");
    }
    clock.pass(1_000);
    await reconcileOrders(ports, { shop, runId });
  }
  expect(await newestRun(world)).toMatchObject({ listed: 5_000, found: 4_000 });
  const [asked] = await world.prisma.$queryRaw<{ jobs: bigint; orders: bigint }[]>`
    SELECT count(*) AS jobs, count(DISTINCT data ->> 'orderId') AS orders
    FROM pgboss.job WHERE name = 'fetch-order'`;
  expect(asked).toEqual({ jobs: 4_000n, orders: 4_000n });
});

test("two workers on one page count it once and ask for its orders once", async () => {
  const world = await worldWithCodes();
  buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  const { ports, domain: shop } = world;
  await startReconciliation(ports, { shop, kind: "orders" });
  const { id: runId } = await newestRun(world);
  await Promise.all([
    reconcileOrders(ports, { shop, runId }),
    reconcileOrders(ports, { shop, runId }),
  ]);
  const ran = await world.drain();
  expect(ran.filter((name) => name === "fetch-order").length).toBe(1);
  expect(await newestRun(world)).toMatchObject({ listed: 1, found: 1 });
});

test("an order that was deleted without a word is found gone", async () => {
  const world = await worldWithCodes();
  const kept = await buyAndDeliver(world);
  world.clock.pass(60_000);
  const deleted = await buyAndDeliver(world);
  world.shop.orders.splice(1, 1);
  world.clock.pass(60_000);
  await reconcile(world);
  expect(await ledgerOf(world)).toMatchObject({ atShopify: 1, here: 1, deleted: 1 });
  expect((await world.ports.store.orders.find(world.domain, deleted))?.deletedAt).not.toBeNull();
  expect((await world.ports.store.orders.find(world.domain, kept))?.deletedAt).toBeNull();
});

test("an order too old for Shopify to show is not taken for deleted", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.clock.pass(70 * DAY_MS);
  await world.ports.store.queue.send("fetch-order", { shop: world.domain, orderId });
  await reconcile(world);
  expect((await world.ports.store.orders.find(world.domain, orderId))?.deletedAt).toBeNull();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("while Shopify can't be asked the run waits and says why, then goes on", async () => {
  const world = await worldWithCodes();
  buy(world);
  world.clock.pass(60_000);
  let isDown = true;
  const { ports, domain: shop } = world;
  const problem = {
    kind: "unavailable" as const,
    retry: "later" as const,
    message: "Shopify is down.",
  };
  const unsteady: World["ports"] = {
    ...ports,
    shopify: {
      ...ports.shopify,
      listOrders: (...asked) =>
        isDown ? Promise.resolve({ ok: false, problem }) : ports.shopify.listOrders(...asked),
    },
  };
  await startReconciliation(ports, { shop, kind: "orders" });
  const { id: runId } = await newestRun(world);
  await reconcileOrders(unsteady, { shop, runId });
  expect(await newestRun(world)).toMatchObject({ state: "running", problem: "Shopify is down." });
  isDown = false;
  await world.drain();
  expect(await newestRun(world)).toMatchObject({ state: "finished", problem: null, found: 1 });
});

test("runs of two shops see their own orders only", async () => {
  const world = await worldWithCodes();
  const second = await withSecondShop(world);
  const mine = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  const theirs = orderIdOf(buy(second, { codes: ["COFFEE"] }));
  world.clock.pass(DAY_MS);
  await planReconciliations(world.ports);
  await world.drain();
  expect(await standingOf(world, mine)).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, theirs)).toBeNull();
  expect(await standingOf(second, theirs)).toMatchObject({ reason: "credited" });
  expect(await standingOf(second, mine)).toBeNull();
});

test("two kinds of runs over the same orders ask for each of them once", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma, clock } = world;
  await prisma.reconciliation.deleteMany();
  for (let i = 0; i < 5; i += 1) buy(world);
  clock.pass(3_600_000);
  await startReconciliation(ports, { shop, kind: "orders" });
  await ports.store.inTransaction((tx) => beginBackfill(tx, shop, clock.now()));
  const runs = await prisma.reconciliation.findMany({ where: { state: "running" } });
  expect(runs.length).toBe(2);
  await Promise.all(runs.map(({ id: runId }) => reconcileOrders(ports, { shop, runId })));
  const jobs = await prisma.$queryRaw`
    SELECT data ->> 'orderId' FROM pgboss.job WHERE name = 'fetch-order' AND state = 'created'`;
  expect(jobs).toHaveLength(5);
});

test("what a webhook asks for goes before a run's back-fill", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma } = world;
  const missing = orderIdOf(buy(world));
  world.clock.pass(600_000);
  await startReconciliation(ports, { shop, kind: "orders" });
  const [run] = await prisma.reconciliation.findMany({
    where: { state: "running", kind: "orders" },
  });
  await reconcileOrders(ports, { shop, runId: run?.id ?? "" });
  await ports.store.queue.send("fetch-order", { shop, orderId: "1" as OrderId });
  const jobs = await prisma.$queryRaw<{ orderId: string }[]>`
    SELECT data ->> 'orderId' AS "orderId" FROM pgboss.job
    WHERE name = 'fetch-order' AND state = 'created' ORDER BY priority DESC`;
  expect(jobs.map(({ orderId }) => orderId)).toEqual(["1", missing]);
});

test("an order taken for deleted that Shopify still lists is asked for again", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await ports.store.orders.markDeleted(shop, [orderId], clock.now());
  clock.pass(600_000);
  await reconcile(world);
  expect((await ports.store.orders.find(shop, orderId))?.deletedAt).toBeNull();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("of any number of orders gone between two changes each is found", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const first = clock.now().getTime();
  const gone = Array.from({ length: 700 }, (_, i) => {
    const at = new Date(first + i * 100);
    const orderId = String(FIRST_ID + BigInt(i)) as OrderId;
    return orderFactsWith({ orderId, updatedAt: at, placedAt: at });
  });
  await ports.store.orders.saveFacts(shop, gone, clock.now());
  clock.pass(600_000);
  await startReconciliation(ports, { shop, kind: "orders" });
  const { id: runId } = await newestRun(world);
  await reconcileOrders(ports, { shop, runId });
  expect(await newestRun(world)).toMatchObject({ state: "finished", found: 700 });
  expect((await ledgerOf(world)).fetching).toBe(700);
});
