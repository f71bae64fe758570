import { expect, test } from "vitest";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addAccount, addPartner, addProgram } from "#test/sandbox/impact/create-state.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

const SECOND = { accountSid: "IRsecond", authToken: "second-token" };
const HOUR = 3_600_000;

/** Moves the shop to another impact.com account with a program and partners of the same ids. */
async function connectSecondAccount(world: World): Promise<void> {
  const { impactState, ports, domain: shop } = world;
  const account = addAccount(impactState, {
    sid: SECOND.accountSid,
    token: SECOND.authToken,
    currency: "USD",
  });
  addProgram(account, {
    id: PROGRAM_ID,
    name: "Second",
    promoCodeTracking: true,
    eventTypes: [{ id: EVENT_TYPE_ID, name: "Online Sale", category: "SALE" }],
  });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: PROGRAM_ID, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  addPartner(account, { id: "10001", name: "Anna Able", email: "anna@p.example", contract });
  await connectImpact(ports, { shop, ...SECOND });
  await chooseProgram(ports, { shop, programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID });
}

test("an order that went to one account is neither asked of nor sent to another, and goes on when the first is back", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = HOUR;
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "outcome-pending" });

  await connectSecondAccount(world);
  await world.drain(6 * HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "outcome-pending" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);

  await setUpProgram({ ...world, drain: () => world.drain(6 * HOUR) });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

test("a conversion whose answer was lost waits for its own account instead of being paid twice", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  world.impact.faults.hangUpAfterAccepting(1, ({ path }) => path.endsWith("/Conversions"));
  await world.drain(0);
  await connectSecondAccount(world);
  await world.drain(HOUR);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "waiting", reason: "not-connected" });
  expect(standing?.sentence).toMatch(/Connect that account again/);
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

test("a Shopify outage before the first sending does not tie an order to the program of then", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  world.shopify.faults.failNext(1, 503);
  await world.drain(0);
  expect(await conversionOf(world, orderIdOf(order))).toMatchObject({
    attempts: 1,
    accountSid: null,
  });
});

test("a sender that lost its lease overwrites nothing", async () => {
  const world = await worldWithCodes();
  const { domain: shop, clock, ports } = world;
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  const { id } = await conversionOf(world, orderIdOf(order));
  const now = clock.now();
  const [slow] = await ports.store.conversions.claimAll(shop, [id], { now, until: now });
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });

  if (!slow) throw new Error("the slow sender never had it");
  expect(await ports.store.conversions.renewLeases(shop, [slow], clock.now())).toEqual([]);
  expect(await ports.store.conversions.save(shop, { ...slow, state: "ready" })).toBe(false);
  expect((await conversionOf(world, orderIdOf(order))).state).toBe("credited");
});

test("an order that another partner was paid for has nothing to retry", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const { ports, domain: shop, prisma } = world;
  await prisma.order.updateMany({ data: { state: "failed", reason: "credited-to-another" } });
  await prisma.conversion.updateMany({ data: { state: "failed" } });
  await retryOrder(ports, { shop, orderId });
  await world.drain();
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited-to-another" });
});
