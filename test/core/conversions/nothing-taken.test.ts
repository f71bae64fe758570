import { expect, test } from "vitest";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { isConversion, useUpHour, type Trouble } from "#test/core/given/trouble-at-impact.ts";
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
import { CREDENTIALS, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Many requests in a row have failed a moment ago. */
async function pause({ prisma, clock }: World): Promise<void> {
  const pausedUntil = new Date(clock.now().getTime() + 10 * MINUTE);
  await prisma.impactBudget.updateMany({ data: { failures: 5, pausedUntil } });
}

/** A second program of the account, in which the partners have contracts too. */
function addRightProgram({ account }: World): void {
  const [first] = account.programs;
  if (!first) throw new Error("no program");
  const eventTypes = first.eventTypes.map((type) => ({ ...type, id: "5000" }));
  account.programs.push({ ...first, id: "2000", name: "The right one", eventTypes });
  for (const contract of [...account.contracts]) {
    const id = `${contract.id}b`;
    account.contracts.push({ ...contract, id, programId: "2000", eventTypeIds: null });
  }
}

/** An order with Anna's code whose first sending meets what `trouble` prepares. */
async function orderInTrouble(trouble: Trouble) {
  const world = await worldWithCodes();
  await trouble(world);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(MINUTE);
  return { world, order, orderId: orderIdOf(order) };
}

const TURNED_AWAY: [what: string, trouble: Trouble][] = [
  ["the hour's limit was used up", useUpHour],
  ["impact.com was paused", pause],
  [
    "the credentials were wrong (401)",
    ({ impact }) => impact.faults.failNext(9, 401, isConversion),
  ],
  [
    "the token lacked a permission (403)",
    ({ impact }) => impact.faults.failNext(9, 403, isConversion),
  ],
  [
    "impact.com said its limit was used up (429)",
    ({ impact }) => impact.faults.rateLimitNext(1, isConversion),
  ],
];

test.each(TURNED_AWAY)(
  "an order goes to the program that is chosen after %s",
  async (_what, trouble) => {
    const { world, order, orderId } = await orderInTrouble(trouble);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
    expect(await conversionOf(world, orderId)).toMatchObject({ accountSid: null, lines: [] });

    world.impact.faults.clear();
    addRightProgram(world);
    const { ports, domain: shop, prisma } = world;
    await prisma.impactBudget.updateMany({ data: { remaining: 800 } });
    await chooseProgram(ports, { shop, programId: "2000", eventTypeId: "5000" });
    await world.drain(8 * HOUR);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    expect(actionsOf(world.impactState, order.id).map(({ programId }) => programId)).toEqual([
      "2000",
    ]);
    expect((await conversionOf(world, orderId)).attempts).toBe(1);
  },
);

test.each(TURNED_AWAY)(
  "nobody is told of an order that was cancelled after %s",
  async (_what, trouble) => {
    const { world, order, orderId } = await orderInTrouble(trouble);
    const before = world.impact.requests.length;
    world.impact.faults.clear();
    await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
    await world.drain(2 * HOUR);
    expect(await standingOf(world, orderId)).toMatchObject({
      state: "ignored",
      reason: "cancelled",
    });
    expect(world.impact.requests.slice(before).map(({ method }) => method)).not.toContain("POST");
    expect(actionsOf(world.impactState, order.id)).toEqual([]);
  },
);

test("an order that was refunded in part after the hour's limit was used up is reported once, as it is left", async () => {
  const { world, order, orderId } = await orderInTrouble(useUpHour);
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(order, refund));
  await world.drain(2 * HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_410);
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
  expect(requestsTo(world, "PUT", "/Actions")).toEqual([]);
});

test("what was addressed while its account was disconnected is free to go elsewhere", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const { orderDetails } = ports.shopify;
  ports.shopify.orderDetails = async (...given) => {
    await disconnectImpact(ports, shop);
    return orderDetails(...given);
  };
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(MINUTE);
  const standing = await standingOf(world, orderIdOf(order));
  expect(standing).toMatchObject({ reason: "not-connected" });
  expect(await conversionOf(world, orderIdOf(order))).toMatchObject({ accountSid: null });
});

test("a try without an answer binds an order, though another was turned away since", async () => {
  const { world, orderId } = await orderInTrouble((given) => {
    given.impact.faults.failNext(1, 503, isConversion);
    const { submitConversion } = given.ports.impact;
    given.ports.impact.submitConversion = async (...sent) => {
      const answer = await submitConversion(...sent);
      given.ports.impact.submitConversion = submitConversion;
      given.impact.faults.failNext(9, 403, isConversion);
      return answer;
    };
  });
  expect(requestsTo(world, "POST", "/Conversions").length).toBeGreaterThan(1);
  const conversion = await conversionOf(world, orderId);
  expect(conversion).toMatchObject({ state: "ready", accountSid: CREDENTIALS.accountSid });
  expect(conversion.lines).toHaveLength(2);
});

test("the wait for a permission that lacks grows from seconds to an hour", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1_000, 403, isConversion),
  );
  await world.drain(24 * HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
  const tries = requestsTo(world, "POST", "/Conversions").length;
  expect(tries).toBeGreaterThan(24);
  expect(tries).toBeLessThan(60);
});

test("a try whose worker dies before the answer leaves the order bound to where it went", async () => {
  const world = await worldWithCodes();
  world.ports.impact.submitConversion = () => Promise.reject(new Error("killed"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await expect(world.drain(0)).rejects.toThrow("killed");
  const conversion = await conversionOf(world, orderIdOf(order));
  expect(conversion).toMatchObject({ state: "sending", attempts: 1, programId: "1000" });
  expect(conversion.accountSid).toBe(CREDENTIALS.accountSid);
  expect(conversion.lines).toHaveLength(2);
});
