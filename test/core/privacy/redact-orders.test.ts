import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { redactOrders } from "#app/core/privacy/redact-orders.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import type { OrderId } from "#app/core/ids.ts";
import { readHome } from "#app/core/reports/read-home.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function redact(world: World, orderIds: OrderId[]): Promise<void> {
  const customer = { id: 1, email: "kim@example.com", phone: "+1 555 0100" };
  const ids = `[${orderIds.join(",")}]`;
  const body = `{"customer":${JSON.stringify(customer)},"orders_to_redact":${ids}}`;
  await deliver(world, webhookFor(world, body, { topic: "customers/redact" }));
}

async function hashesOf(world: World, orderId: OrderId) {
  const order = await world.ports.store.orders.find(world.domain, orderId);
  const [conversion] = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  return [order?.facts.emailSha1 ?? null, conversion?.emailSha1 ?? null];
}

const HASH = expect.stringMatching(/^[0-9a-f]{40}$/) as string;

test("an order that waits for a connection loses its customer's hash, and no other order does", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  const redacted = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const kept = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await redact(world, [redacted]);
  await world.drain();
  expect(await hashesOf(world, redacted)).toEqual([null, null]);
  expect(await hashesOf(world, kept)).toEqual([HASH, null]);
  expect(await standingOf(world, redacted)).toMatchObject({ reason: "not-connected" });
});

test("a conversion that is still to be sent goes out without the hash", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect((await conversionOf(world, orderIdOf(order))).emailSha1).toEqual(HASH);
  await redact(world, [orderIdOf(order)]);
  await world.drain();
  const sent = world.impact.requests.filter(({ path }) => path.endsWith("/Conversions"));
  expect(sent.map(({ form }) => form.has("CustomerEmail"))).toEqual([true, false]);
});

test("a shop can't redact another shop's orders", async () => {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  await disconnectImpact(other.ports, other.domain);
  const theirs = await buyAndDeliver(other, { codes: ["COFFEE"] });
  await redact(world, [theirs]);
  await world.drain();
  expect(await hashesOf(other, theirs)).toEqual([HASH, null]);
});

test("nothing of the customer is kept from a redaction or a data request", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await redact(world, [orderId]);
  const request = JSON.stringify({ customer: { email: "kim@example.com" }, orders_requested: [] });
  await deliver(world, webhookFor(world, request, { topic: "customers/data_request" }));
  await world.drain();
  const rows = JSON.stringify([
    await world.prisma.delivery.findMany(),
    await world.prisma.$queryRaw`SELECT data FROM pgboss.job`,
  ]);
  expect(rows).toContain("customers/redact");
  expect(rows).not.toMatch(/kim@example|555 0100/);
});

test("a delivery that was not processed yet loses the hash too", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  const before = await world.prisma.delivery.findFirst({ where: { orderId: order.id } });
  expect(before?.facts).toMatchObject({ emailSha1: HASH });
  const { domain: shop } = world;
  await redactOrders(world.ports, {
    shop,
    deliveryId: randomUUID(),
    orderIds: [orderIdOf(order)],
  });
  const after = await world.prisma.delivery.findFirst({ where: { orderId: order.id } });
  expect(after?.facts).toMatchObject({ emailSha1: null });
});

function deliveryOf({ prisma }: World, topic: string) {
  return prisma.delivery.findFirst({ where: { topic } });
}

test("a redaction and a data request are processed once their jobs have run", async () => {
  const world = await createWorld();
  await redact(world, ["1" as OrderId]);
  expect(await deliveryOf(world, "customers/redact")).toMatchObject({ state: "received" });
  await world.drain();
  const processed = { state: "processed", processedAt: world.clock.now() };
  expect(await deliveryOf(world, "customers/redact")).toMatchObject(processed);

  await deliver(world, webhookFor(world, "{}", { topic: "customers/data_request" }));
  await world.drain();
  expect(await deliveryOf(world, "customers/data_request")).toMatchObject(processed);
});

test("a redaction that can't be read is kept as failed, and warns of no missing order", async () => {
  const world = await createWorld();
  await deliver(world, webhookFor(world, "[]", { topic: "customers/redact" }));
  expect(await world.drain()).toEqual([]);
  expect(await deliveryOf(world, "customers/redact")).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/names no list of orders/) as string,
  });
  expect(await readHome(world.ports, world.domain)).toMatchObject({ problems: 0 });
});
