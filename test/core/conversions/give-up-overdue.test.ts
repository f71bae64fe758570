import { expect, test } from "vitest";
import { giveUpOverdue } from "#app/core/conversions/give-up-overdue.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

const DAY = 86_400_000;

test("an order that waits for a code past impact.com's limit ends as too late, and not before", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, clock, domain: shop } = world;
  await prisma.code.updateMany({ where: { shop }, data: { impactState: "failed" } });
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });

  clock.pass(84 * DAY);
  await giveUpOverdue(ports.store, shop, clock.now());
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });
  clock.pass(2 * DAY);
  await planReconciliations(ports);
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed", reason: "too-late" });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(0);
});

test("an order whose conversion waits for an account ends as too late as well", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, clock, domain: shop } = world;
  await prisma.code.updateMany({ where: { shop }, data: { impactState: "failed" } });
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await disconnectImpact(ports, shop);
  clock.pass(86 * DAY);
  await giveUpOverdue(ports.store, shop, clock.now());
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed", reason: "too-late" });
});

test("an order of a shop that was never connected again ends as too late", async () => {
  const world = await worldWithCodes();
  const { ports, clock, domain: shop } = world;
  await disconnectImpact(ports, shop);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });
  clock.pass(86 * DAY);
  await giveUpOverdue(ports.store, shop, clock.now());
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed", reason: "too-late" });
});
