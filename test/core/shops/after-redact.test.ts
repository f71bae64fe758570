import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { forgetStrangers } from "#app/adapters/postgres/forget-strangers.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function notify(world: World, topic: string): Promise<void> {
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic, webhookId: randomUUID() }));
  await world.drain();
}

async function tablesWith(world: World): Promise<string[]> {
  const rows = await rowsOfShop(world, world.domain);
  return Object.keys(rows).filter((table) => rows[table] !== 0);
}

async function erased() {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  world.uninstall();
  await notify(world, "app/uninstalled");
  await notify(world, "shop/redact");
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
  return { world, order };
}

test("webhooks that come after a shop was erased leave nothing of it behind", async () => {
  const { world, order } = await erased();
  const late = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, late));
  await deliver(world, webhookFor(world, `{"id":${order.id}}`, { topic: "orders/delete" }));
  await deliverAll(world, staffOf(world).cancel(order, { reason: "fraud", refund: true }));
  await world.drain();
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
});

test("what no job takes up of an erased shop is gone a day later, and other shops' rows are not", async () => {
  const { world, order } = await erased();
  const other = await withSecondShop(world);
  const edited = JSON.stringify({ order_edit: { id: 1, order_id: Number(order.id) } });
  const arrive = async (at: World) => {
    await deliver(at, webhookFor(at, edited, { topic: "orders/edited" }));
    await deliver(at, webhookFor(at, "no JSON", { topic: "orders/updated" }));
    await deliver(at, webhookFor(at, `{"id":7}`, { topic: "orders/updated" }));
    await deliver(at, webhookFor(at, "{}", { topic: "app/scopes_update" }));
  };
  await arrive(world);
  await arrive(other);
  await world.drain();
  expect(await tablesWith(world)).toContain("Delivery");
  const theirs = await world.prisma.delivery.count({ where: { shop: other.domain } });
  expect(theirs).toBeGreaterThan(0);

  world.clock.pass(86_400_000);
  await forgetStrangers(world.prisma, new Date(world.clock.now().getTime() - 1_000));
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
  expect(await world.prisma.delivery.count({ where: { shop: other.domain } })).toBe(theirs);
});

test("Shopify's answer that comes after a shop was erased is not kept", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  const { shopify } = world.ports;
  const readOrder: typeof shopify.readOrder = async (...asked) => {
    const answer = await shopify.readOrder(...asked);
    world.uninstall();
    await notify(world, "app/uninstalled");
    await notify(world, "shop/redact");
    return answer;
  };
  const ports = { ...world.ports, shopify: { ...shopify, readOrder } };
  await fetchOrder(ports, { shop: world.domain, orderId });
  await world.drain();
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
});

test("an order from before the app was first opened is found by the back-fill", async () => {
  const world = await createWorld();
  const orderId = await buyAndDeliver(world);
  expect(await tablesWith(world)).toEqual([]);
  await setUpProgram(world);
  world.clock.pass(3_600_000);
  await planReconciliations(world.ports);
  await world.drain(60_000);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "ignored", reason: "no-code" });
});

test("an erasure that was cut off is finished by its next try, and recorded once", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.uninstall();
  await notify(world, "app/uninstalled");
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic: "shop/redact" }));
  await world.prisma.$executeRaw`ALTER TABLE "Order" RENAME TO "Locked"`;
  await expect(world.drain()).rejects.toThrow();
  expect(await world.prisma.complianceRecord.count()).toBe(0);
  await world.prisma.$executeRaw`ALTER TABLE "Locked" RENAME TO "Order"`;
  await world.drain();
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
  expect(await world.prisma.complianceRecord.count()).toBe(1);
});
