import { expect, test } from "vitest";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { processDelivery } from "#app/core/orders/process-delivery.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";

const DAY = 86_400_000;
const MOST_FAILURES = 12;

/** An order that waits for its code's registration, and whose update this app can't process. */
async function unreadableWhileWaiting() {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma } = world;
  await prisma.code.updateMany({ where: { shop }, data: { impactState: "failed" } });
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  const { id: deliveryId } = await prisma.delivery.findFirstOrThrow({
    where: { state: "received" },
  });
  const withBug: Ports = {
    ...ports,
    store: { ...ports.store, inPipeline: () => Promise.reject(new Error("a bug")) },
  };
  for (let time = 0; time < MOST_FAILURES; time += 1) {
    await processDelivery(withBug, { shop, deliveryId }).catch(() => undefined);
  }
  return { world, orderId: orderIdOf(order) };
}

test("an order that was read at last says again what it waits for", async () => {
  const { world, orderId } = await unreadableWhileWaiting();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "unreadable" });
  await world.drain(60_000);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });
});

test("an order that stayed unreadable past impact.com's limit ends as too late", async () => {
  const { world, orderId } = await unreadableWhileWaiting();
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'fetch-order'`;
  world.clock.pass(90 * DAY);
  await planReconciliations(world.ports);
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "too-late" });
});
