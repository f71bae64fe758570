import { expect, test } from "vitest";
import { useUpHour, type Trouble } from "#test/core/given/trouble-at-impact.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, variantOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const adjusting = ({ method, path }: { method: string; path: string }) =>
  method !== "GET" && path.endsWith("/Actions");

/** A credited order, all of which was returned while impact.com turned changes away. */
async function returnedInTrouble(trouble: Trouble) {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await trouble(world);
  const lines = ["MUG", "KETTLE"].map((sku) => ({ lineItemId: lineOf(order, sku), quantity: 1 }));
  world.clock.pass(MINUTE);
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain(MINUTE);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "adjusting" });
  world.clock.pass(MINUTE);
  return { world, order, orderId: orderIdOf(order) };
}

const TURNED_AWAY: [what: string, trouble: Trouble][] = [
  ["while the hour's limit was used up", useUpHour],
  ["while the token was refused", ({ impact }) => impact.faults.failNext(9, 401, adjusting)],
  [
    "while the token lacked a permission",
    ({ impact }) => impact.faults.failNext(9, 403, adjusting),
  ],
];

test.each(TURNED_AWAY)(
  "an exchange after everything was returned %s is one change of the action",
  async (_what, trouble) => {
    const { world, order, orderId } = await returnedInTrouble(trouble);
    const before = world.impact.requests.length;
    world.impact.faults.clear();
    const add = [{ variantId: variantOf(world.shop, "Kettle"), quantity: 1 }];
    await deliverAll(world, staffOf(world).edit(order, { add }));
    await world.drain(3 * HOUR);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
    expect((await conversionOf(world, orderId)).impactOrderId).toBe(orderId);
    const writes = world.impact.requests.slice(before).filter(({ method }) => method !== "GET");
    expect(writes.map(({ method }) => method)).toEqual(["PUT"]);
    expect(actionsOf(world.impactState).map(({ reversed }) => reversed)).toEqual([false]);
  },
);

test("a change without an answer is sent to its end, though the hour's limit was used up since", async () => {
  const { world, order, orderId } = await returnedInTrouble(async (given) => {
    given.impact.faults.failNext(1, 503, adjusting);
    const { submitAdjustment } = given.ports.impact;
    given.ports.impact.submitAdjustment = async (...sent) => {
      const answer = await submitAdjustment(...sent);
      given.ports.impact.submitAdjustment = submitAdjustment;
      await useUpHour(given);
      return answer;
    };
  });
  const add = [{ variantId: variantOf(world.shop, "Kettle"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain(8 * HOUR);
  expect(requestsTo(world, "DELETE", "/Actions")).toHaveLength(2);
  expect((await conversionOf(world, orderId)).impactOrderId).toBe(`${orderId}-2`);
  expect(heldAt(world.impactState, `${orderId}-2`).amountMinor).toBeGreaterThan(0);
});

test("the wait for a permission that lacks grows from seconds to an hour for changes too", async () => {
  const { world, orderId } = await returnedInTrouble(({ impact }) =>
    impact.faults.failNext(1_000, 403, adjusting),
  );
  await world.drain(24 * HOUR);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusting" });
  const tries = requestsTo(world, "DELETE", "/Actions").length;
  expect(tries).toBeGreaterThan(24);
  expect(tries).toBeLessThan(60);
});
