import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { payOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { runDue } from "#test/support/run-due.ts";
import { deliverAll } from "#test/support/shopify-staff.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { CREDENTIALS, EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

const MINUTE = 60_000;

/** Click and code share orders; an earlier visitor's click is Ben's, and the token lacks the permission Clicks. */
async function worldOfLackingToken() {
  const world = await worldWithCodes();
  await shareOrders(world, [70, 30]);
  await trackClicksOf(world, "10002");
  clickOf(world, "10002", "bens");
  const token = { mayReadClicks: false };
  const isRefused = ({ path }: { path: string }) =>
    !token.mayReadClicks && path.includes("/Clicks/");
  world.impact.faults.failNext(100_000, 403, isRefused);
  return { world, token };
}

/** Anna's code with Ben's click, decided while the token was not told whose it is. */
async function decideUntold(world: World, changes: Partial<Parameters<typeof buy>[1]> = {}) {
  const cartAttributes = { irclickid: "bens" };
  const order = buy(world, { codes: ["ANNA10"], cartAttributes, ...changes });
  await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  await runDue(world, "look-up-click");
  const orderId = orderIdOf(order);
  const lookUps = await world.ports.store.clicks.listLookUps(world.domain, ["bens"]);
  expect(lookUps.get("bens")).toMatchObject({ verdict: "not-told" });
  return { order, orderId };
}

/** The merchant enters a token with the permission. */
async function replaceToken(
  { ports, domain: shop, clock }: World,
  token: { mayReadClicks: boolean },
) {
  clock.pass(MINUTE);
  token.mayReadClicks = true;
  expect(await connectImpact(ports, { shop, ...CREDENTIALS })).toMatchObject({ ok: true });
  clock.pass(1_000);
}

const paidOf = ({ impactState }: World, orderId: OrderId) =>
  actionsOf(impactState)
    .filter((action) => action.orderId.startsWith(orderId))
    .map(({ partnerId }) => partnerId)
    .toSorted();

async function pay(world: World, order: StoredOrder) {
  await deliverAll(world, payOrder(world.shopifyState, world.shop, order));
  await runDue(world, "process-delivery");
}

test("an order that was decided before its token was replaced by one that may read clicks waits for its answer once it is paid", async () => {
  const { world, token } = await worldOfLackingToken();
  const { ports, domain: shop } = world;
  await ports.store.shops.saveReportSettings(shop, { reportWhen: "paid", amountBasis: "net" });
  const { order, orderId } = await decideUntold(world, { financialStatus: "pending" });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-paid" });
  await replaceToken(world, token);
  await pay(world, order);
  // The jobs of an order run side by side: its conversion may be due first.
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "click-pending" });
  await world.drain(5 * MINUTE);
  expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
});

test("an order that waited for the connection is asked about again by the token that is connected then", async () => {
  const { world, token } = await worldOfLackingToken();
  const { ports, domain: shop } = world;
  const { orderId } = await decideUntold(world);
  await disconnectImpact(ports, shop);
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });
  await replaceToken(world, token);
  const choice = { programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID };
  expect(await chooseProgram(ports, { shop, ...choice })).toMatchObject({ ok: true });
  await world.drain(5 * MINUTE);
  expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
});

test("an order that is tried again is asked about again at once, and one of which impact.com may have something is not", async () => {
  const { world, token } = await worldOfLackingToken();
  world.impact.faults.failNext(1, 401, ({ path }) => path.endsWith("/Conversions"));
  const { orderId } = await decideUntold(world);
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
  const sent = await decideUntold(world);
  await runDue(world, "send-conversion");
  expect(await standingOf(world, sent.orderId)).toMatchObject({ reason: "outcome-pending" });
  await replaceToken(world, token);
  await world.drain(5 * MINUTE);
  expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
  expect(paidOf(world, sent.orderId)).toEqual(["10001"]);
});

test("an order of a click that the new token is not told of either goes at once by its code", async () => {
  const { world, token } = await worldOfLackingToken();
  const { orderId: before } = await decideUntold(world);
  await replaceToken(world, token);
  token.mayReadClicks = false;
  await world.drain(5 * MINUTE);
  expect(paidOf(world, before)).toEqual(["10001"]);
  const { orderId } = await decideUntold(world);
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "outcome-pending" });
});
