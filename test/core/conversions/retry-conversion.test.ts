import { expect, test } from "vitest";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import type { OrderId } from "#app/core/ids.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

async function retry({ ports, domain, drain }: World, orderId: OrderId): Promise<void> {
  await retryOrder(ports, { shop: domain, orderId });
  await drain();
}

test("an order whose partner has a contract again is credited by a retry", async () => {
  const world = await worldWithCodes();
  const { contracts } = world.account;
  world.account.contracts = [];
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-credited" });

  world.account.contracts = contracts;
  await retry(world, orderId);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(await conversionOf(world, orderId)).toMatchObject({ state: "credited", problem: null });
});

test("an order is retried with the event type that is chosen now", async () => {
  const world = await worldWithCodes();
  for (const type of world.account.programs[0]?.eventTypes ?? []) type.id = "4711";
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect((await standingOf(world, orderId))?.sentence).toMatch(/Choose it again/);

  const { ports, domain: shop } = world;
  await chooseProgram(ports, { shop, programId: PROGRAM_ID, eventTypeId: "4711" });
  await retry(world, orderId);
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("an order that was credited is not sent again", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await retry(world, orderId);
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("an order that nobody earned has nothing to retry", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world);
  await retry(world, orderId);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "ignored", reason: "no-code" });
});
