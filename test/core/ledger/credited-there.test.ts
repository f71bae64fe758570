import { expect, test } from "vitest";
import { dismissDifference } from "#app/core/ledger/dismiss-difference.ts";
import type { OrderId } from "#app/core/ids.ts";
import { readReconciliations } from "#app/core/ledger/read-reconciliations.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { orderTimeline } from "#app/core/orders/order-timeline.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { saveReportSettingsNow } from "#test/core/given/just-opened.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import type { Action } from "#test/sandbox/impact/state.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import {
  buy,
  buyAndDeliver,
  deliver,
  orderIdOf,
  variantOf,
  webhookFor,
} from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function compare({ ports, domain: shop, clock, drain }: World): Promise<void> {
  clock.pass(1_000);
  await startReconciliation(ports, { shop, kind: "actions" });
  await drain(60_000);
}

/** A unit of it is put on it, and its webhooks have it decided anew. */
async function editedLater(world: World, orderId: string): Promise<void> {
  const order = world.shop.orders.find(({ id }) => id === orderId);
  if (!order) throw new Error("no order");
  world.clock.pass(1_000);
  const add = [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain(60_000);
}

/** Orders that waited to be paid while another app reported them, and were found credited there. */
async function creditedThere({ orders: count }: { orders: number }) {
  const world = await worldWithCodes();
  const { ports, domain: shop, account } = world;
  await saveReportSettingsNow(ports, { shop, reportWhen: "paid", amountBasis: "net" });
  const like = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const [ours] = actionsOf(world.impactState, like);
  if (!ours) throw new Error("no action");
  const orders: StoredOrder[] = [];
  const theirs: Action[] = [];
  for (let number = 1; number <= count; number += 1) {
    const order = buy(world, { codes: ["ANNA10"], financialStatus: "pending" });
    await deliver(world, webhookFor(world, order));
    orders.push(order);
    const action = { ...structuredClone(ours), id: `1000.4000.9${number}`, orderId: order.id };
    theirs.push(action);
    account.actions.push(action);
  }
  await world.drain(1_000);
  await compare(world);
  await saveReportSettingsNow(ports, { shop, reportWhen: "created", amountBasis: "net" });
  await world.drain(60_000);
  const ids = orders.map(orderIdOf);
  for (const orderId of ids) {
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited-there" });
  }
  return { world, ids, theirs };
}

test("an order that another app's action kept out is reported once that action is reversed", async () => {
  const { world, ids, theirs } = await creditedThere({ orders: 2 });
  const [first, second] = ids;
  if (!first || !second) throw new Error("no orders");
  for (const action of theirs.slice(0, 1)) action.reversed = true;
  await compare(world);
  expect(await standingOf(world, first)).toMatchObject({ state: "reported", reason: "credited" });
  expect(await standingOf(world, second)).toMatchObject({ reason: "credited-there" });
  // impact.com has had the order's own number: under that it would be a duplicate.
  expect(actionsOf(world.impactState, first)).toHaveLength(1);
  expect(actionsOf(world.impactState, `${first}-2`)).toHaveLength(1);
  expect(actionsOf(world.impactState, second)).toHaveLength(1);
});

test("an order too old to be reported stays credited there when impact.com's list is past it", async () => {
  const { world, ids } = await creditedThere({ orders: 1 });
  const [orderId] = ids;
  if (!orderId) throw new Error("no order");
  world.clock.pass(86 * DAY_MS);
  await world.drain(1_000);
  world.clock.pass(6 * DAY_MS);
  await compare(world);
  await editedLater(world, orderId);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited-there" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  // Nor is it said to have come too late while impact.com is disconnected: it has been paid for.
  await disconnectImpact(world.ports, world.domain);
  await editedLater(world, orderId);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited-there" });
});

/** A conversion that waited for its code's registration while another app reported its order. */
async function refusedAsReported() {
  const world = await worldWithCodes();
  const { ports, domain: shop, account, prisma } = world;
  const like = await buyAndDeliver(world, { codes: ["BEN10"] });
  const [bens] = actionsOf(world.impactState, like);
  if (!bens) throw new Error("no action");
  const isAnnas = { where: { shop, code: "ANNA10" } };
  await prisma.code.updateMany({ ...isAnnas, data: { impactState: "unregistered" } });
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, order)).toMatchObject({ reason: "code-not-registered" });
  const theirs = { ...structuredClone(bens), id: "1000.4000.91", orderId: order };
  account.actions.push({ ...theirs, createdAt: world.clock.now() });
  await compare(world);
  const sendNow = async (ms = 60_000) => {
    await prisma.code.updateMany({ ...isAnnas, data: { impactState: "registered" } });
    const { id } = await conversionOf(world, order);
    await ports.store.queue.send("send-conversion", { shop, conversionIds: [id] });
    await world.drain(ms);
  };
  const reverse = () => {
    for (const action of actionsOf(world.impactState, order)) action.reversed = true;
  };
  return { world, order, sendNow, reverse };
}

const REFUSED = {
  state: "failed",
  sentence: expect.stringMatching(/impact\.com already pays somebody .* then try again/) as string,
};

/** Who is paid for it: under its own number somebody was, and is not any more. */
async function expectPaidOnceToAnna(world: World, order: OrderId): Promise<void> {
  expect(await standingOf(world, order)).toMatchObject({ state: "reported", reason: "credited" });
  expect(actionsOf(world.impactState, order)).toMatchObject([{ reversed: true }]);
  expect(actionsOf(world.impactState, `${order}-2`)).toMatchObject([
    { reversed: false, partnerId: "10001" },
  ]);
}

test("an order that waits while another app reports it is not sent as well when its waiting ends", async () => {
  const { world, order, sendNow } = await refusedAsReported();
  world.clock.pass(31 * DAY_MS);
  await sendNow();
  expect(await standingOf(world, order)).toMatchObject(REFUSED);
  expect(actionsOf(world.impactState, order)).toHaveLength(1);
});

test("whoever has the other app's action reversed as told, and tries again, has the order paid once", async () => {
  const { world, order, sendNow, reverse } = await refusedAsReported();
  const { ports, domain: shop } = world;
  await sendNow();
  // Tried before it is reversed, nobody is paid twice.
  await retryOrder(ports, { shop, orderId: order });
  await world.drain(DAY_MS / 2);
  expect(await standingOf(world, order)).toMatchObject(REFUSED);
  expect(actionsOf(world.impactState, `${order}-2`)).toEqual([]);
  reverse();
  await retryOrder(ports, { shop, orderId: order });
  await world.drain(DAY_MS / 2);
  await expectPaidOnceToAnna(world, order);
  await compare(world);
  await retryOrder(ports, { shop, orderId: order });
  await world.drain(DAY_MS / 2);
  await expectPaidOnceToAnna(world, order);
});

test("the same helps when a run has met by then that the action is gone", async () => {
  const { world, order, sendNow, reverse } = await refusedAsReported();
  await sendNow();
  reverse();
  world.clock.pass(DAY_MS);
  await compare(world);
  await retryOrder(world.ports, { shop: world.domain, orderId: order });
  await world.drain(DAY_MS / 2);
  await expectPaidOnceToAnna(world, order);
});

test("an order whose waiting ends after another app's action was reversed goes under a later number", async () => {
  const { world, order, sendNow, reverse } = await refusedAsReported();
  reverse();
  await compare(world);
  await sendNow();
  await expectPaidOnceToAnna(world, order);
});

test("where impact.com can't be asked whether another app's action still stands, the order waits", async () => {
  const { world, order, sendNow, reverse } = await refusedAsReported();
  reverse();
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Actions"));
  await sendNow(1_000);
  expect(await standingOf(world, order)).toMatchObject({ reason: "trying-again" });
  await world.drain(DAY_MS / 2);
  await expectPaidOnceToAnna(world, order);
});

test("an order that was let go while it is unpaid is reported under a later number once it is paid", async () => {
  const { world, ids, theirs } = await creditedThere({ orders: 1 });
  const { ports, domain: shop } = world;
  const [orderId] = ids;
  const order = world.shop.orders.find(({ id }) => id === orderId);
  if (!orderId || !order) throw new Error("no order");
  await saveReportSettingsNow(ports, { shop, reportWhen: "paid", amountBasis: "net" });
  for (const action of theirs) action.reversed = true;
  await compare(world);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-paid" });
  world.clock.pass(60_000);
  order.payload["financial_status"] = "paid";
  order.payload["updated_at"] = world.clock.now().toISOString();
  await deliver(world, webhookFor(world, order, { topic: "orders/paid" }));
  await world.drain(DAY_MS / 2);
  await expectPaidOnceToAnna(world, orderId);
});

test("a difference that runs look at no more stays until the merchant dismisses it", async () => {
  const { world, ids } = await creditedThere({ orders: 1 });
  const { ports, domain: shop } = world;
  expect((await readReconciliations(ports, shop)).differences).toMatchObject([{ isPast: false }]);
  world.clock.pass(92 * DAY_MS);
  await compare(world);
  const { differences } = await readReconciliations(ports, shop);
  expect(differences).toMatchObject([{ kind: "unknown-here", orderId: ids[0], isPast: true }]);
  for (const { impactOrderId, kind } of differences) {
    await dismissDifference(ports, { shop, impactOrderId, kind });
  }
  expect(await ports.store.differences.count(shop)).toBe(0);
});

test("a merchant who knows that it is over has the order reported after all", async () => {
  const { world, ids } = await creditedThere({ orders: 1 });
  const [orderId] = ids;
  if (!orderId) throw new Error("no order");
  const found = { shop: world.domain, orderId };
  const before = await readOrder(world.ports, found);
  if (!before) throw new Error("no order");
  expect(before).toMatchObject({
    canReportAfterAll: true,
    nextStep: expect.stringMatching(/paid twice/) as string,
    creditedThere: [{ programId: "1000", partner: "Anna Able" }],
  });
  expect(orderTimeline(before).map(({ detail }) => detail)).toContainEqual(
    expect.stringMatching(/^impact.com credits Anna Able with \$[\d.]+ in program 1000, and/),
  );
  await retryOrder(world.ports, found);
  await world.drain(60_000);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(actionsOf(world.impactState, `${orderId}-2`)).toHaveLength(1);
});

test("what was found in a program that was left is judged by nobody again: it is still paid there", async () => {
  const { world, ids } = await creditedThere({ orders: 1 });
  const [orderId] = ids;
  if (!orderId) throw new Error("no order");
  await world.prisma.program.updateMany({ data: { programId: "2000" } });
  world.account.programs.push(...world.account.programs.map((one) => ({ ...one, id: "2000" })));
  await compare(world);
  await editedLater(world, orderId);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited-there" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});
