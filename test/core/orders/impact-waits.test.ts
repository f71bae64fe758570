import { expect, test } from "vitest";
import { giveUpOverdue } from "#app/core/conversions/give-up-overdue.ts";
import { reportingEndsAt } from "#app/core/conversions/reporting-limit.ts";
import { stateMeaning } from "#app/components/ledger/state-meaning.ts";
import { orderView } from "#app/components/orders/order-view.server.ts";
import type { OrderId } from "#app/core/ids.ts";
import { listImpactWaits } from "#app/core/orders/list-impact-waits.ts";
import { countProblems, listProblems } from "#app/core/orders/list-problems.ts";
import { statusFor, type OrderReason } from "#app/core/orders/order-state.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { orderTimeline } from "#app/core/orders/order-timeline.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addAccount } from "#test/sandbox/impact/create-state.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { runDue } from "#test/support/run-due.ts";
import { buyAndDeliver, deliver, buy, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { CREDENTIALS, type World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;
const WORTH = [{ minor: 6_210, currency: "USD" }];

/** What Home and Problems warn of, how many orders the navigation counts, and what one order says it needs. */
async function warned({ ports, domain: shop }: World, orderId: OrderId) {
  const waits = await listImpactWaits(ports, shop);
  expect((await readHome(ports, shop)).impactWaits).toEqual(waits);
  expect((await listProblems(ports, shop)).impactWaits).toEqual(waits);
  const reading = await readOrder(ports, { shop, orderId });
  const { at, title } = (reading && orderTimeline(reading).at(-1)) ?? {};
  return { waits, counted: await countProblems(ports, shop), need: reading?.need, at, title };
}

test("orders that wait while impact.com is disconnected are warned of with their worth, since when they wait, and when the first can't be reported any more", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  await disconnectImpact(ports, shop);
  const firstPlaced = clock.now();
  const first = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const { order } = (await readOrder(ports, { shop, orderId: first })) ?? {};
  if (!order) throw new Error("no order");
  clock.pass(3 * DAY_MS);
  await buyAndDeliver(world, { codes: ["BEN10"] });
  const both = { orders: 2, worth: [{ minor: 12_420, currency: "USD" }] };
  const endsAt = reportingEndsAt(order.placedAt);
  const since = order.stateSince;
  expect(since.getTime() - firstPlaced.getTime()).toBeLessThan(60_000);
  expect(await warned(world, first)).toEqual({
    waits: [{ need: "connection", ...both, since, endsAt }],
    ...{ counted: 2, need: "connection", at: since },
    title: "Waits for impact.com to be connected",
  });

  expect(await connectImpact(ports, { shop, ...CREDENTIALS })).toMatchObject({ ok: true });
  expect(await warned(world, first)).toEqual({
    waits: [{ need: "program", ...both, since, endsAt }],
    ...{ counted: 2, need: "program", at: since },
    title: "Waits for an impact.com program to be chosen",
  });

  await setUpProgram(world);
  expect(await standingOf(world, first)).toMatchObject({ reason: "credited" });
  expect(await warned(world, first)).toMatchObject({ waits: [], counted: 0, need: null });
});

test("orders that fail of too old an age while impact.com is disconnected stop waiting and stand with the failed ones", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  await disconnectImpact(ports, shop);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  clock.pass(86 * DAY_MS);
  await giveUpOverdue(ports.store, shop, clock.now());
  await world.drain();
  const { waits, counted } = await warned(world, orderId);
  expect({ waits, counted }).toEqual({ waits: [], counted: 1 });
});

test.each([
  ["doesn't accept the token", 401],
  ["lets the token not report", 403],
])(
  "orders that impact.com turns away because it %s are warned of until it does",
  async (_, status) => {
    const world = await worldWithCodes();
    const { domain: shop, clock, ports } = world;
    const endsAt = new Date(clock.now().getTime() + DAY_MS);
    const isRefused = ({ path }: { path: string }) =>
      clock.now() < endsAt && path.endsWith("/Conversions");
    world.impact.faults.failNext(1_000, status, isRefused);
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    await world.drain(DAY_MS / 2);
    const orderId = orderIdOf(order);
    const placedAt = (await ports.store.orders.find(shop, orderId))?.placedAt ?? new Date(0);
    expect(await warned(world, orderId)).toMatchObject({
      waits: [{ need: "token", orders: 1, worth: WORTH, endsAt: reportingEndsAt(placedAt) }],
      ...{ counted: 1, need: "token", title: "Waits for an access token that impact.com accepts" },
    });
    await world.drain(DAY_MS);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    expect(await warned(world, orderId)).toMatchObject({ waits: [], counted: 0, need: null });
  },
);

test("a refund that waits for the account its order was reported through is warned of, without a time limit for reporting it", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, impactState } = world;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  await disconnectImpact(ports, shop);
  await deliverAll(world, staffOf(world).refund(order, { amountMinor: 1_000 }));
  await world.drain();
  expect(await warned(world, orderId)).toMatchObject({
    waits: [{ need: "connection", orders: 1, endsAt: null }],
    ...{ counted: 1, need: "connection" },
  });
  const other = { sid: "IRsecond", token: "second-token" };
  addAccount(impactState, { ...other, currency: "USD" });
  const credentials = { accountSid: other.sid, authToken: other.token };
  expect(await connectImpact(ports, { shop, ...credentials })).toMatchObject({ ok: true });
  expect(await warned(world, orderId)).toMatchObject({
    waits: [{ need: "account", orders: 1, endsAt: null }],
    ...{ counted: 1, need: "account" },
    title: "Waits for the impact.com account it was sent through",
  });
});

test("a conversion that waits for the connection is not said to be about to be sent", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  const said = async () => {
    const reading = await readOrder(ports, { shop, orderId: orderIdOf(order) });
    return reading && orderView(reading, { timeZone: "UTC" }).conversions.map(({ state }) => state);
  };
  expect(await said()).toEqual(["About to be sent"]);
  await disconnectImpact(ports, shop);
  await world.drain();
  expect(await said()).toEqual(["Waits for impact.com to be connected"]);
});

test("the ledger says of waiting orders what they wait for, and of none of them that it is on the way where it is not", () => {
  const waiting = (...counts: [OrderReason, number][]) =>
    stateMeaning(
      "waiting",
      counts.map(([reason, orders]) => ({ ...statusFor(reason), orders })),
    );
  expect(waiting()).toBe("not settled yet");
  expect(waiting(["not-connected", 4], ["no-code", 9])).toBe("for impact.com to be connected");
  expect(waiting(["to-send", 1], ["not-paid", 2], ["outcome-pending", 3])).toBe(
    "4 on the way to impact.com, 2 for payment",
  );
});

test("orders that wait for impact.com itself, a payment or a click are no matter of the connection", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(500, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(DAY_MS);
  expect(await warned(world, orderIdOf(order))).toMatchObject({
    waits: [],
    counted: 0,
    need: null,
  });
});
