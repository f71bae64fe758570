import { expect, test } from "vitest";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";

/** An order with Anna's code that impact.com credited to Ben. */
async function orderPaidToBen() {
  const world = await worldWithCodes();
  for (const code of world.account.promoCodes) code.partnerId = "10002";
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    reason: "credited-to-another",
  });
  return { world, order };
}

test("an order that another partner was paid for is reversed when it proves a fraud", async () => {
  const { world, order } = await orderPaidToBen();
  await deliverAll(world, staffOf(world).cancel(order, { reason: "fraud", refund: true }));
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(0);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "reversed" });
});

test("an order that another partner was paid for follows its refunds and stays a failure", async () => {
  const { world, order } = await orderPaidToBen();
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(order, refund));
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_410);
  const standing = await standingOf(world, orderIdOf(order));
  expect(standing).toMatchObject({ state: "failed", reason: "credited-to-another" });
  expect(standing?.sentence).toMatch(/credited partner 10002/);
});
