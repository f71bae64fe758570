import { expect, test } from "vitest";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { success } from "#app/core/result.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const DAY = 86_400_000;
const LEASE = 130_000;

/** Workers die after impact.com took their next `tries` conversions, before they heard of it. */
function killAfterPosting({ ports }: World, tries: number): void {
  const { impact } = ports;
  const submit = impact.submitConversion;
  let died = 0;
  impact.submitConversion = async (...given) => {
    const answer = await submit(...given);
    if (died >= tries) return answer;
    died += 1;
    throw new Error("killed");
  };
}

/** impact.com forgets a day after an action that it has had the order's number. */
function forgetAfterADay({ account }: World): void {
  for (const { eventTypes } of account.programs) {
    for (const type of eventTypes) type.dedupeDays = 1;
  }
}

/** impact.com's list does not show anything yet. */
function listNothing({ ports }: World): () => void {
  const { listActions } = ports.impact;
  ports.impact.listActions = () => Promise.resolve(success({ actions: [], pages: 1 }));
  return () => {
    ports.impact.listActions = listActions;
  };
}

/** Orders with Anna's code that impact.com took while their worker died. */
async function killedOrders(count: number) {
  const world = await worldWithCodes();
  forgetAfterADay(world);
  killAfterPosting(world, count);
  const orders = [];
  for (let number = 1; number <= count; number += 1) {
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    await expect(world.drain()).rejects.toThrow("killed");
    orders.push(order);
  }
  return { world, orders };
}

const livingActions = ({ impactState }: World, orderId: string) =>
  actionsOf(impactState, orderId).filter(({ reversed }) => !reversed);

test("a conversion whose worker died is looked for before it is sent again, however late", async () => {
  const { world, orders } = await killedOrders(1);
  world.clock.pass(2 * DAY);
  await world.drain();
  for (const order of orders) {
    expect(livingActions(world, order.id)).toHaveLength(1);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
    expect((await conversionOf(world, orderIdOf(order))).emailSha1).toBeNull();
  }
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});

test("what impact.com doesn't have after all is sent", async () => {
  const world = await worldWithCodes();
  world.impact.faults.hangUpBeforeAccepting(1, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(livingActions(world, order.id)).toHaveLength(1);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("where impact.com can't be asked for an earlier try, nothing is sent until it can", async () => {
  const { world, orders } = await killedOrders(1);
  world.clock.pass(2 * DAY);
  world.impact.faults.failNext(2, 503, ({ path }) => path.endsWith("/Actions"));
  await world.drain();
  for (const order of orders) expect(livingActions(world, order.id)).toHaveLength(1);
});

test("an order that was refunded since an unknown outcome is adjusted once it is found", async () => {
  const { world, orders } = await killedOrders(1);
  const [order] = orders;
  if (!order) throw new Error("no order");
  world.clock.pass(2 * DAY);
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(order, refund));
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_410);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "adjusted" });
});

test("an earlier try that somebody reversed at impact.com is not reported anew", async () => {
  const { world, orders } = await killedOrders(1);
  world.clock.pass(2 * DAY);
  for (const action of actionsOf(world.impactState)) action.reversed = true;
  await world.drain();
  for (const order of orders) {
    expect(livingActions(world, order.id)).toHaveLength(0);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-adjusted" });
  }
});

test("a try whose worker died counts: what impact.com may have goes again only as it was", async () => {
  const world = await worldWithCodes();
  const [program] = world.account.programs;
  const [type] = program?.eventTypes ?? [];
  if (!program || !type) throw new Error("no event type");
  program.eventTypes.push({ ...type, id: "4711" });
  const show = listNothing(world);
  killAfterPosting(world, 1);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await expect(world.drain()).rejects.toThrow("killed");
  expect((await conversionOf(world, orderIdOf(order))).attempts).toBe(1);
  world.impact.faults.failNext(1, 400, ({ path }) => path.endsWith("/Conversions"));
  world.clock.pass(LEASE);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "refused" });

  const { ports, domain: shop } = world;
  await chooseProgram(ports, { shop, programId: PROGRAM_ID, eventTypeId: "4711" });
  show();
  await retryOrder(ports, { shop, orderId: orderIdOf(order) });
  await world.drain();
  expect(livingActions(world, order.id).map(({ eventTypeId }) => eventTypeId)).toEqual([type.id]);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("what impact.com counts otherwise than was sent is put right", async () => {
  const { world, orders } = await killedOrders(1);
  const [action] = actionsOf(world.impactState);
  if (!action) throw new Error("no action");
  for (const item of action.items) item.amountMinor -= 500;
  world.clock.pass(2 * DAY);
  await world.drain();
  for (const order of orders) {
    expect(heldAt(world.impactState, order.id).amountMinor).toBe(6_210);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "adjusted" });
  }
});

test("nothing more of a batch is sent once its account is gone", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  world.impact.faults.failNext(2, 503, ({ path }) => path.endsWith("/Conversions"));
  const orders = [buy(world, { codes: ["ANNA10"] }), buy(world, { codes: ["ANNA10"] })];
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await world.drain(0);
  const submit = ports.impact.submitConversion;
  ports.impact.submitConversion = async (...given) => {
    clock.pass(90_000);
    await ports.store.connections.remove(shop);
    return submit(...given);
  };
  const conversions = await ports.store.conversions.listForOrders(shop, orders.map(orderIdOf));
  await sendConversions(ports, { shop, conversionIds: conversions.map(({ id }) => id) });
  const standings = await Promise.all(orders.map((order) => standingOf(world, orderIdOf(order))));
  const reasons = standings.map((standing) => standing?.reason);
  expect(reasons.toSorted()).toEqual(["not-connected", "outcome-pending"]);
});
