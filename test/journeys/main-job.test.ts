import { expect, test } from "vitest";
import { readOrder } from "#app/core/orders/read-order.ts";
import { explainOrder } from "#app/core/orders/explain-order.ts";
import type { OrderId } from "#app/core/ids.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function worldWithCodes(): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  await makeDiscount(
    world,
    draftFor([
      ["10001", "ANNA10"],
      ["10002", "BEN10"],
    ]),
  );
  await world.drain();
  return world;
}

async function statusOf({ ports, domain }: World, orderId: OrderId) {
  const history = await readOrder(ports, { shop: domain, orderId });
  if (!history) return null;
  const { state, reason } = history.order;
  return { state, reason, sentence: explainOrder(history.order) };
}

test("a code made in Shopify earns its partner the order at impact.com", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });

  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
    partnerId: "10001",
    amountMinor: 6_210,
    payoutMinor: 621,
    currency: "USD",
    code: "ANNA10",
  });
  expect(await statusOf(world, orderId)).toMatchObject({
    state: "reported",
    reason: "credited",
    sentence: "Anna Able earned it with ANNA10. impact.com has credited it.",
  });
});

test("no request the app sent to impact.com broke a rule of its OpenAPI", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  const violations = world.impact.requests.flatMap((request) => request.violations);
  expect(world.impact.requests.length).toBeGreaterThan(5);
  expect(violations).toEqual([]);
});

test("a code typed in lower case earns its owner", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ben10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
    partnerId: "10002",
    code: "BEN10",
  });
});

test("of two partners' codes the one entered first earns, and the order says so", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["BEN10", "ANNA10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10002" });
  const found = await world.ports.store.orders.findAttribution(world.domain, orderId);
  expect(found?.attribution).toMatchObject({
    because: "first-of-several",
    candidates: [
      { code: "BEN10", verdict: "earns" },
      { code: "ANNA10", verdict: "entered-later" },
    ],
  });
});

test("an order without a code, and one with somebody else's code, are ignored with a reason", async () => {
  const world = await worldWithCodes();
  const without = await buyAndDeliver(world);
  expect(await statusOf(world, without)).toMatchObject({ state: "ignored", reason: "no-code" });

  const order = buy(world);
  order.payload["discount_applications"] = [{ type: "discount_code", code: "WELCOME5" }];
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await statusOf(world, orderIdOf(order))).toMatchObject({
    state: "ignored",
    reason: "not-a-partner-code",
  });
  expect(actionsOf(world.impactState)).toEqual([]);
});

test("a draft order's typed discount title is no code", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, {
    draftTitleDiscount: { title: "ANNA10", minor: 500 },
  });
  expect(await statusOf(world, orderId)).toMatchObject({ state: "ignored", reason: "no-code" });
});

test("a currency without decimals reaches impact.com in whole units", async () => {
  const world = await createWorld({ currency: "JPY", ianaTimezone: "Asia/Tokyo" });
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
    partnerId: "10001",
    amountMinor: 6_210,
    currency: "JPY",
  });
});

test("the same delivery sent 20 times at once makes one order, one conversion, one action", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const webhook = webhookFor(world, order);
  await Promise.all(Array.from({ length: 20 }, () => deliver(world, webhook)));
  await world.drain();

  const where = { shop: world.domain };
  expect(await world.prisma.order.count({ where })).toBe(1);
  expect(await world.prisma.conversion.count({ where })).toBe(1);
  expect(await world.prisma.submission.count({ where })).toBe(1);
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  const [delivery] = await world.prisma.delivery.findMany({ where });
  expect(delivery?.repeats).toBe(19);
});

test("the same order under 20 different webhook ids is still reported once", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await Promise.all(Array.from({ length: 20 }, () => deliver(world, webhookFor(world, order))));
  await world.drain();
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(world.impact.requests.filter(({ path }) => path.endsWith("/Conversions"))).toHaveLength(1);
});

test("impact.com hangs up after accepting a conversion: it is not paid twice and ends as credited", async () => {
  const world = await worldWithCodes();
  world.impact.faults.hangUpAfterAccepting(1, ({ path }) => path.endsWith("/Conversions"));
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(await statusOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
});

test("impact.com fails for a while: the order waits with a reason and then goes out", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(3, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect(await statusOf(world, orderIdOf(order))).toMatchObject({
    state: "waiting",
    reason: "trying-again",
  });
  await world.drain();
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({ partnerId: "10001" });
});
