import { expect, test } from "vitest";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { CREDENTIALS, EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

/** The merchant makes a new token at impact.com, which has an Account SID of its own, and ends the old one. */
async function renewToken(world: World): Promise<void> {
  const { account, ports, domain: shop } = world;
  account.sid = "IRnewToken";
  const { authToken } = CREDENTIALS;
  expect(await connectImpact(ports, { shop, accountSid: account.sid, authToken })).toMatchObject({
    ok: true,
  });
  await chooseProgram(ports, { shop, programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID });
  await world.drain();
}

async function reportedOrder(world: World) {
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  return { order, orderId: orderIdOf(order) };
}

async function refundKettle(world: World, order: Parameters<typeof lineOf>[0]): Promise<void> {
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
}

test("a new token of the same account has another Account SID, and refunds of orders from before are followed", async () => {
  const world = await worldWithCodes();
  const { order, orderId } = await reportedOrder(world);
  await renewToken(world);
  world.clock.pass(60_000);
  await refundKettle(world, order);
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("a refund that waited for the account of the old token goes with the new one", async () => {
  const world = await worldWithCodes();
  const { order, orderId } = await reportedOrder(world);
  world.account.sid = "IRended";
  await connectImpact(world.ports, {
    ...{ shop: world.domain, accountSid: "IRended" },
    authToken: CREDENTIALS.authToken,
  });
  world.clock.pass(60_000);
  await refundKettle(world, order);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });
  await renewToken(world);
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});
