import { expect, test } from "vitest";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import type { OrderId } from "#app/core/ids.ts";
import { isConversion, useUpHour, type Trouble } from "#test/core/given/trouble-at-impact.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, variantOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A program with two event types, and another program in which the partners have contracts too. */
async function worldWithTwoTypes() {
  const world = await worldWithCodes();
  const { account } = world;
  const [program] = account.programs;
  const [type] = program?.eventTypes ?? [];
  if (!program || !type) throw new Error("no event type");
  const other = { ...type, id: "4001", name: "Other sale" };
  program.eventTypes.push(other);
  const eventTypes = [{ ...type, id: "5000" }];
  account.programs.push({ ...program, id: "2000", name: "The right one", eventTypes });
  for (const contract of [...account.contracts]) {
    contract.eventTypeIds = null;
    account.contracts.push({ ...contract, id: `${contract.id}b`, programId: "2000" });
  }
  return { world, type, other };
}

/** The merchant chooses another place for what is sent, and tries the order again. */
async function retryAt(world: World, orderId: OrderId, programId: string, eventTypeId: string) {
  const { ports, domain: shop } = world;
  await chooseProgram(ports, { shop, programId, eventTypeId });
  await world.drain(0);
  await retryOrder(ports, { shop, orderId });
}

const wherePaid = ({ impactState }: World, orderId: string) =>
  actionsOf(impactState, orderId)
    .filter(({ reversed }) => !reversed)
    .map(({ programId, eventTypeId }) => `${programId} ${eventTypeId}`);

/** An order that was not credited, since its event type is not active; its first tries meet `trouble`. */
async function refusedOrder(trouble: Trouble) {
  const { world, type, other } = await worldWithTwoTypes();
  await trouble(world);
  type.active = false;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(2 * HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-credited" });
  return { world, type, other, order, orderId: orderIdOf(order) };
}

const EARLIER: [what: string, trouble: Trouble][] = [
  ["the hour's limit was used up", useUpHour],
  ["the token lacked a permission", ({ impact }) => impact.faults.failNext(2, 403, isConversion)],
  ["Shopify was down", ({ shopify }) => shopify.faults.failNext(2, 503)],
];

test.each(EARLIER)(
  "an order that failed after %s goes at once to the event type that is chosen now",
  async (_what, trouble) => {
    const { world, order, orderId } = await refusedOrder(trouble);
    await retryAt(world, orderId, PROGRAM_ID, "4001");
    await world.drain(HOUR);
    expect(wherePaid(world, order.id)).toEqual(["1000 4001"]);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  },
);

test("an order that failed twice goes to the program that is chosen then", async () => {
  const { world, order, orderId, other } = await refusedOrder(() => undefined);
  other.active = false;
  await retryAt(world, orderId, PROGRAM_ID, "4001");
  await world.drain(HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-credited" });
  expect((await conversionOf(world, orderId)).attempts).toBe(2);
  await retryAt(world, orderId, "2000", "5000");
  await world.drain(HOUR);
  expect(wherePaid(world, order.id)).toEqual(["2000 5000"]);
});

test("what was refused outright after the hour's limit was used up goes where it is chosen to", async () => {
  const { world } = await worldWithTwoTypes();
  await useUpHour(world);
  world.impact.faults.failNext(1, 400, isConversion);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(2 * HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "refused" });
  await retryAt(world, orderIdOf(order), PROGRAM_ID, "4001");
  await world.drain(HOUR);
  expect(wherePaid(world, order.id)).toEqual(["1000 4001"]);
});

test("an order that is reported again goes to the event type that is chosen after it failed", async () => {
  const { world, type } = await worldWithTwoTypes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const lines = ["MUG", "KETTLE"].map((sku) => ({ lineItemId: lineOf(order, sku), quantity: 1 }));
  world.clock.pass(MINUTE);
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain(MINUTE);
  type.active = false;
  world.clock.pass(MINUTE);
  const add = [{ variantId: variantOf(world.shop, "Kettle"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain(HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-credited" });
  await retryAt(world, orderIdOf(order), PROGRAM_ID, "4001");
  await world.drain(HOUR);
  expect(wherePaid(world, `${order.id}-2`)).toEqual(["1000 4001"]);
});

const UNANSWERED: [what: string, trouble: (world: World) => void][] = [
  ["a 503", ({ impact }) => impact.faults.failNext(1, 503, isConversion)],
  ["a hang-up", ({ impact }) => impact.faults.hangUpBeforeAccepting(1, isConversion)],
];

test.each(UNANSWERED)(
  "an order that failed after %s goes to the program that is chosen once impact.com would list it",
  async (_what, trouble) => {
    const { world, order, orderId } = await refusedOrder(trouble);
    world.clock.pass(6 * HOUR);
    await retryAt(world, orderId, "2000", "5000");
    await world.drain(HOUR);
    expect(wherePaid(world, order.id)).toEqual(["2000 5000"]);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  },
);

test("one that is tried again sooner waits until impact.com would list it, and says so", async () => {
  const { world, order, orderId } = await refusedOrder(({ impact }) =>
    impact.faults.failNext(1, 503, isConversion),
  );
  const before = requestsTo(world, "POST", "/Conversions").length;
  await retryAt(world, orderId, "2000", "5000");
  await world.drain(HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({
    reason: "trying-again",
    sentence: expect.stringMatching(/an earlier try/) as string,
  });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(before);
  await world.drain(8 * HOUR);
  expect(wherePaid(world, order.id)).toEqual(["2000 5000"]);
});

test("one that goes where it went before is not made to wait", async () => {
  const { world, order, orderId, type } = await refusedOrder(({ impact }) =>
    impact.faults.failNext(1, 503, isConversion),
  );
  type.active = true;
  const { ports, domain: shop } = world;
  await retryOrder(ports, { shop, orderId });
  await world.drain(MINUTE);
  expect(wherePaid(world, order.id)).toEqual(["1000 4000"]);
});

test("a retry that is turned away for hours goes where it is chosen to once nothing is listed", async () => {
  const { world, order, orderId } = await refusedOrder(({ impact }) =>
    impact.faults.failNext(1, 503, isConversion),
  );
  world.impact.faults.failNext(1_000, 403, isConversion);
  const { ports, domain: shop } = world;
  await retryOrder(ports, { shop, orderId });
  await world.drain(7 * HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
  world.impact.faults.clear();
  await chooseProgram(ports, { shop, programId: "2000", eventTypeId: "5000" });
  await world.drain(2 * HOUR);
  expect(wherePaid(world, order.id)).toEqual(["2000 5000"]);
});

test("what an earlier try brought there late is found by the retry and not paid twice", async () => {
  const { world } = await worldWithTwoTypes();
  Object.assign(world.impactState.rules, { listLagMs: 3 * HOUR });
  world.impact.faults.hangUpAfterAccepting(1, isConversion);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  world.impact.faults.failNext(1, 400, ({ method, path }) => {
    const isSecond = requestsTo(world, "POST", "/Conversions").length > 1;
    return isSecond && isConversion({ method, path });
  });
  await world.drain(HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "refused" });
  await retryAt(world, orderIdOf(order), "2000", "5000");
  await world.drain(12 * HOUR);
  expect(wherePaid(world, order.id)).toEqual(["1000 4000"]);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("a retry that gets no answer either binds the order anew until impact.com would list it", async () => {
  const { world, order, orderId } = await refusedOrder(({ impact }) =>
    impact.faults.failNext(1, 503, isConversion),
  );
  world.clock.pass(6 * HOUR);
  world.impact.faults.hangUpAfterAccepting(1, isConversion);
  Object.assign(world.impactState.rules, { listLagMs: 3 * HOUR });
  await retryAt(world, orderId, "2000", "5000");
  await world.drain(0);
  const { ports, domain: shop } = world;
  await chooseProgram(ports, { shop, programId: PROGRAM_ID, eventTypeId: "4001" });
  await world.drain(12 * HOUR);
  expect(wherePaid(world, order.id)).toEqual(["2000 5000"]);
});
