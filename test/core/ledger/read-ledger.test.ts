import { expect, test } from "vitest";
import { closedText } from "#app/components/ledger/ledger-line.ts";
import { ledgerView } from "#app/components/ledger/ledger-view.server.ts";
import type { PeriodChoice } from "#app/core/ledger/ledger-period.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { readLedger, type Ledger } from "#app/core/ledger/read-ledger.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { storeSession } from "#test/core/given/store-session.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { grantScopes } from "#test/sandbox/shopify/admin/grant-scopes.ts";
import { buy, buyAndDeliver, deliver, webhookFor } from "#test/support/shopper.ts";
import { lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

function ledgerOf({ ports, domain }: World, choice: PeriodChoice) {
  return readLedger(ports, { shop: domain, timeZone: "America/New_York", choice });
}

test("the four states sum to Shopify's count, by reason, and each number is its orders", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world);
  await buyAndDeliver(world, { test: true });
  buy(world);
  const ledger = await ledgerOf(world, { days: 1 });
  expect(ledger).toMatchObject({
    atShopify: 4,
    states: { reported: 1, ignored: 2, waiting: 0, failed: 0 },
    here: 3,
    notHere: 1,
    noLongerThere: 0,
  });
  for (const { reason, orders } of ledger.reasons) {
    const filter = { shop, reason, placed: ledger.period, isDeleted: false };
    expect((await listOrders(ports, filter)).orders.length, reason).toBe(orders);
  }
});

test("yesterday's orders are not today's, by the shop's clock", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world);
  world.clock.pass(DAY_MS);
  await buyAndDeliver(world);
  expect(await ledgerOf(world, { days: 1 })).toMatchObject({ atShopify: 1, here: 1 });
  expect(await ledgerOf(world, { days: 7 })).toMatchObject({ atShopify: 2, here: 2 });
  const yesterday = { firstDay: "2026-11-23", lastDay: "2026-11-23" };
  expect(await ledgerOf(world, yesterday)).toMatchObject({ atShopify: 1, here: 1 });
});

test("days that Shopify no longer shows are not compared, and the page says so", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world);
  expect(await ledgerOf(world, { days: 90 })).toMatchObject({
    here: 1,
    atShopify: null,
    unasked: expect.stringMatching(/last 60 days/) as string,
  });
  expect(await ledgerOf(world, { days: 60 })).toMatchObject({ atShopify: 1, unasked: null });
});

test("days that Shopify shows with the merchant's leave are compared", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world);
  world.clock.pass(70 * DAY_MS);
  const asked = { shop: world.domain, timeZone: "UTC", choice: { days: 90 as const } };
  expect(await readLedger(world.ports, asked)).toMatchObject({ here: 1, atShopify: null });
  world.shopifyState.optionalScopes = ["read_all_orders"];
  grantScopes(world.shopifyState, world.shop, ["read_all_orders"]);
  const told = await readLedger(world.ports, { ...asked, seesAllOrders: true });
  expect(told).toMatchObject({ here: 1, atShopify: 1, unasked: null });
});

test("a lost refund of an order of 61 days is found where older orders are allowed, and only there", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const lockingDate = new Date(world.clock.now().getTime() + 400 * DAY_MS);
  for (const action of world.account.actions) action.lockingDate = lockingDate;
  world.clock.pass(61 * DAY_MS);
  const before = heldAt(world.impactState, order.id).amountMinor;
  staffOf(world).refund(order, { lines: [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }] });
  await checkOrders(world);
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(before);
  world.shopifyState.optionalScopes = ["read_all_orders"];
  grantScopes(world.shopifyState, world.shop, ["read_all_orders"]);
  await checkOrders(world);
  expect(heldAt(world.impactState, order.id).amountMinor).toBeLessThan(before);
});

test("orders of 80 days ago are taken in once older orders are allowed, and the ledger says when", async () => {
  const world = await worldWithCodes();
  const asked = { shop: world.domain, timeZone: "UTC", seesAllOrders: true };
  const ledger = () => readLedger(world.ports, { ...asked, choice: { days: 90 } });
  buy(world);
  world.clock.pass(80 * DAY_MS);
  await planReconciliations(world.ports);
  await world.drain(60_000);
  world.shopifyState.optionalScopes = ["read_all_orders"];
  grantScopes(world.shopifyState, world.shop, ["read_all_orders"]);
  expect(await ledger()).toMatchObject({ here: 0, notHere: 1, check: { state: "due" } });
  await storeSession(world, { scope: "read_orders,read_all_orders" });
  world.clock.pass(3_600_000);
  await planReconciliations(world.ports);
  await world.drain(60_000);
  expect(await ledger()).toMatchObject({ here: 1, notHere: 0, check: { state: "found" } });
  const choice = { firstDay: "2026-01-01", lastDay: "2026-12-31" };
  const year = await readLedger(world.ports, { ...asked, choice });
  expect(year.check.state).toBe("beyond");
  expect(closingOf(year)).toContain("not compared one by one");
});

test("where Shopify can't be asked, our own side is shown with the reason", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world);
  world.uninstall();
  const { atShopify, unasked, here, notHere } = await ledgerOf(world, { days: 1 });
  expect({ atShopify, here, notHere }).toEqual({ atShopify: null, here: 1, notHere: 0 });
  expect(unasked).not.toBe("");
});

test("what is asked for at Shopify just now is counted, and only this shop's", async () => {
  const world = await worldWithCodes();
  const second = await withSecondShop(world);
  const orderId = await buyAndDeliver(world);
  await world.ports.store.queue.send("fetch-order", { shop: world.domain, orderId });
  expect((await ledgerOf(world, { days: 1 })).fetching).toBe(1);
  expect(await ledgerOf(second, { days: 1 })).toMatchObject({ fetching: 0, here: 2, atShopify: 2 });
});

test("60 days may be chosen on any hour of any day, also where clocks were changed in between", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world);
  const timeZone = "America/New_York";
  for (const at of ["2027-04-20T03:30:00Z", "2027-12-01T04:59:00Z", "2027-12-01T05:00:00Z"]) {
    world.clock.passTo(new Date(at));
    const asked = { shop: world.domain, timeZone, choice: { days: 60 as const } };
    expect((await readLedger(world.ports, asked)).unasked, at).toBeNull();
  }
});

function closingOf(ledger: Ledger): string {
  return closedText(ledgerView(ledger, { timeZone: "America/New_York" }));
}

async function checkOrders(world: World): Promise<void> {
  world.clock.pass(1_000);
  await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
  await world.drain(60_000);
}

test("equal counts that hide one missing and one deleted are not called accounted for", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.clock.pass(3 * 3_600_000);
  // Shopify's notice of the one's end and of the other's beginning were both lost.
  world.shop.orders.splice(0, 1);
  buy(world, { codes: ["ANNA10"] });
  const before = await ledgerOf(world, { days: 7 });
  expect(before).toMatchObject({ atShopify: 1, here: 1, check: { state: "due" } });
  expect(closingOf(before)).toMatch(/^The counts agree.*not been compared one by one/);

  await checkOrders(world);
  const found = await ledgerOf(world, { days: 7 });
  expect(found).toMatchObject({ atShopify: 1, here: 2, noLongerThere: 1, secondLooks: 1 });
  world.clock.pass(7 * 3_600_000);
  await world.drain(1_000);
  await checkOrders(world);
  const settled = await ledgerOf(world, { days: 7 });
  expect(settled).toMatchObject({ atShopify: 1, here: 1, deleted: 1, secondLooks: 0 });
  expect(closingOf(settled)).toMatch(/is accounted for/);
});

test("what a check has just found is confirmed by the next one", async () => {
  const world = await worldWithCodes();
  buy(world, { codes: ["ANNA10"] });
  await checkOrders(world);
  const found = await ledgerOf(world, { days: 7 });
  expect(found).toMatchObject({ atShopify: 1, here: 1, check: { state: "found", found: 1 } });
  expect(closingOf(found)).toMatch(/^The counts agree.* found 1 order .*the next check confirms/);
  await checkOrders(world);
  expect(closingOf(await ledgerOf(world, { days: 7 }))).toMatch(/is accounted for/);
});

test("a second look that is still to come keeps orders from being called accounted for", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world);
  await checkOrders(world);
  expect(closingOf(await ledgerOf(world, { days: 7 }))).toMatch(/is accounted for/);
  const missedAt = world.clock.now().toISOString();
  await world.ports.store.queue.send("fetch-order", { shop: world.domain, orderId, missedAt });
  const ledger = await ledgerOf(world, { days: 7 });
  expect(ledger.secondLooks).toBe(1);
  expect(closingOf(ledger)).toMatch(/^The counts agree.*1 order .*asked for once more/);
});

test("a check that is hours old, or was over other days, accounts for nothing", async () => {
  const world = await worldWithCodes();
  const { store } = world.ports;
  await buyAndDeliver(world);
  await world.prisma.reconciliation.deleteMany();
  const stateOf = async () => (await ledgerOf(world, { days: 7 })).check.state;
  const now = world.clock.now();
  const hours = { kind: "orders" as const, from: new Date(now.getTime() - 3 * 3_600_000), to: now };
  const run = await store.inTransaction((tx) => tx.reconciliations.start(world.domain, hours, now));
  if (!run) throw new Error("no run");
  await store.reconciliations.save(world.domain, run, {
    ...run,
    state: "finished",
    finishedAt: now,
  });
  expect(await stateOf()).toBe("due");
  await checkOrders(world);
  expect(await stateOf()).toBe("clean");
  world.clock.pass(3 * 3_600_000);
  expect(await stateOf()).toBe("due");
});
