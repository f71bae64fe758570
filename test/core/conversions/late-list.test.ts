import { expect, test } from "vitest";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";

const HOUR = 3_600_000;

/** An order that impact.com took without our hearing so; its list shows new actions that late. */
async function unheardOrder(listLagMs: number) {
  const world = await worldWithCodes();
  Object.assign(world.impactState.rules, { listLagMs });
  world.impact.faults.hangUpAfterAccepting(1, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  return { world, order, standing: () => standingOf(world, orderIdOf(order)) };
}

test("a duplicate whose first action is not listed yet waits for the list and is credited once", async () => {
  const { world, order, standing } = await unheardOrder(3 * HOUR);
  await world.drain(HOUR);
  expect(await standing()).toMatchObject({ state: "waiting" });
  await world.drain();
  expect(await standing()).toMatchObject({ state: "reported", reason: "credited" });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(2);
});

test("a duplicate that no list shows within six hours is settled as not credited, with the cause", async () => {
  const { world, standing } = await unheardOrder(30 * 24 * HOUR);
  await world.drain(5 * HOUR);
  expect(await standing()).toMatchObject({ state: "waiting" });
  await world.drain(48 * HOUR);
  expect(await standing()).toMatchObject({ state: "failed", reason: "not-credited" });
});

test("a refund during the wait for a late list is followed once the action is found", async () => {
  const { world, order, standing } = await unheardOrder(3 * HOUR);
  await world.drain(HOUR);
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(order, refund));
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_410);
  expect(await standing()).toMatchObject({ reason: "adjusted" });
});

test("submissions that impact.com works off in another order than they came end the same", async () => {
  const world = await worldWithCodes();
  Object.assign(world.impactState.rules, { processesInOrder: false, submissionDelayMs: 60_000 });
  const orders = [1, 2, 3].map((quantity) => {
    const [variantId = ""] = world.shop.products.flatMap(({ variants }) =>
      variants.map(({ id }) => id),
    );
    return buy(world, { codes: ["ANNA10"], lines: [{ variantId, quantity }] });
  });
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(orders.map(({ id }) => heldAt(world.impactState, id).amountMinor)).toEqual([
    1_800, 3_600, 5_400,
  ]);
});
