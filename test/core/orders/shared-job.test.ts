import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import { receiveDeliveries } from "#app/core/orders/receive-delivery.ts";
import type { PipelineStores } from "#app/core/ports/store.ts";
import { processDeliveryJob } from "#app/jobs/process-delivery.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

function incoming(world: World, order = buy(world, { codes: ["ANNA10"] })): IncomingDelivery {
  const { headers, body } = webhookFor(world, order);
  const delivery = readWebhook(new Headers(headers), new TextEncoder().encode(body));
  if (!delivery) throw new Error("no delivery");
  return delivery;
}

async function payloadsOf({ boss }: World) {
  const jobs = await boss.fetch<{ shop: string; deliveryIds: string[] }>("process-delivery", {
    batchSize: 100,
  });
  return jobs.map(({ data }) => data);
}

async function storedIds({ prisma, domain: shop }: World): Promise<string[]> {
  const rows = await prisma.delivery.findMany({ where: { shop, state: "received" } });
  return rows.map(({ id }) => id).sort();
}

/** The world in which the facts of this order can't be stored. */
function breakingAt({ ports }: World, poison: string): World["ports"] {
  const broken = (tx: PipelineStores): PipelineStores => ({
    ...tx,
    orders: {
      ...tx.orders,
      saveFacts: (shop, facts, ...others) =>
        facts.some(({ orderId }) => orderId === poison)
          ? Promise.reject(new Error("a bug"))
          : tx.orders.saveFacts(shop, facts, ...others),
    },
  });
  const inPipeline: typeof ports.store.inPipeline = (run) =>
    ports.store.inPipeline((tx) => run(broken(tx)));
  return { ...ports, store: { ...ports.store, inPipeline } };
}

test("deliveries stored together have one job for each shop, and one that comes twice is in it once", async () => {
  const first = await worldWithCodes();
  const second = await withSecondShop(first);
  const twice = incoming(first);
  const others = [incoming(first), incoming(second, buy(second, { codes: [] }))];
  await receiveDeliveries(first.ports, [twice, ...others, twice]);
  const payloads = await payloadsOf(first);
  expect(payloads.map(({ shop }) => shop).sort()).toEqual([first.domain, second.domain].sort());
  for (const world of [first, second]) {
    const ids = payloads.find(({ shop }) => shop === world.domain)?.deliveryIds ?? [];
    expect(ids.toSorted()).toEqual(await storedIds(world));
  }
  await receiveDeliveries(first.ports, [twice]);
  expect(await payloadsOf(first)).toEqual([]);
  const again = { where: { webhookId: twice.webhookId }, select: { repeats: true } };
  expect(await first.prisma.delivery.findMany(again)).toEqual([{ repeats: 2 }]);
});

test("no job holds more than fifty deliveries", async () => {
  const world = await worldWithCodes();
  const one = incoming(world);
  const many = Array.from({ length: 120 }, () => ({ ...one, webhookId: randomUUID() }));
  await receiveDeliveries(world.ports, many);
  const payloads = await payloadsOf(world);
  const sizes = payloads.map(({ deliveryIds }) => deliveryIds.length);
  expect(sizes.sort((a, b) => b - a)).toEqual([50, 50, 20]);
  expect(payloads.flatMap(({ deliveryIds }) => deliveryIds).sort()).toEqual(await storedIds(world));
});

test("of the deliveries of one job a poisonous one fails alone, and is counted against", async () => {
  const world = await worldWithCodes();
  const orders = [1, 2, 3].map(() => buy(world, { codes: ["ANNA10"] }));
  await receiveDeliveries(
    world.ports,
    orders.map((order) => incoming(world, order)),
  );
  const [, poisonous] = orders.map(orderIdOf);
  const payload = { shop: world.domain, deliveryIds: await storedIds(world) };
  const run = processDeliveryJob.run(breakingAt(world, poisonous ?? ""), payload);
  await expect(run).rejects.toThrow("a bug");
  const rows = await world.prisma.delivery.findMany({
    select: { orderId: true, state: true, failures: true },
  });
  for (const { orderId, state, failures } of rows) {
    const isPoisonous = orderId === poisonous;
    expect({ state, failures }).toEqual(
      isPoisonous ? { state: "received", failures: 1 } : { state: "processed", failures: 0 },
    );
  }
});

test("a job stored before deliveries shared one is run", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await receiveDeliveries(world.ports, [incoming(world, order)]);
  const [deliveryId] = await storedIds(world);
  await processDeliveryJob.run(world.ports, { shop: world.domain, deliveryId });
  expect(await standingOf(world, orderIdOf(order))).not.toBeNull();
  expect(await world.prisma.delivery.findFirst()).toMatchObject({ state: "processed" });
});
