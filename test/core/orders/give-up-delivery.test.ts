import { expect, test } from "vitest";
import { processDelivery } from "#app/core/orders/process-delivery.ts";
import type { PipelineStores } from "#app/core/ports/store.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const MOST_FAILURES = 12;

/** The world in which no order's facts can be stored. */
function breaking({ ports }: World): World["ports"] {
  const saveFacts = () => Promise.reject(new Error("a bug"));
  const broken = (tx: PipelineStores) => ({ ...tx, orders: { ...tx.orders, saveFacts } });
  const inPipeline: typeof ports.store.inPipeline = (run) =>
    ports.store.inPipeline((tx) => run(broken(tx)));
  return { ...ports, store: { ...ports.store, inPipeline } };
}

async function failTimes(world: World, times: number): Promise<void> {
  const { id } = await world.prisma.delivery.findFirstOrThrow({ where: { state: "received" } });
  for (let time = 0; time < times; time += 1) {
    const payload = { shop: world.domain, deliveryId: id };
    await expect(processDelivery(breaking(world), payload)).rejects.toThrow("a bug");
  }
}

const problems = ({ ports, domain }: World) =>
  ports.store.problems.countAll(domain, { since: new Date(0), heldSince: new Date(0) });

test("a delivery whose processing breaks off again and again is given up and shown once", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await failTimes(world, MOST_FAILURES - 1);
  expect(await problems(world)).toBe(0);
  await failTimes(world, 1);
  const delivery = await world.prisma.delivery.findFirstOrThrow();
  expect(delivery).toMatchObject({ state: "failed", problem: expect.any(String) as string });
  expect(delivery.facts).toBeNull();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    state: "failed",
    reason: "unreadable",
  });
  expect(await problems(world)).toBe(1);
});

test("the order of a delivery that was given up is asked for, and counts once it can be taken in", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await failTimes(world, MOST_FAILURES);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
  expect(await problems(world)).toBe(0);
});

test("a change that can't be taken in is shown on the order it belongs to", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  await failTimes(world, MOST_FAILURES);
  const standing = await standingOf(world, orderIdOf(order));
  expect(standing).toMatchObject({ state: "failed", reason: "unreadable" });
  expect(standing?.sentence).not.toContain("nobody");
  expect(await problems(world)).toBe(1);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});
