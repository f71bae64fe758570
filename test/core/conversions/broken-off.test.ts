import { expect, test } from "vitest";
import type { Ports } from "#app/core/ports/ports.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { runBatch } from "#app/jobs/run-batch.ts";
import { sendConversionJob } from "#app/jobs/send-conversion.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const LEASE_MS = 120_000;
const MOST_BREAKS = 12;

/** Orders with Anna's code, taken in and not sent yet, and the jobs that send them. */
async function queuedOrders(count: number) {
  const world = await worldWithCodes();
  world.shopify.faults.failNext(count, 503);
  const orders = Array.from({ length: count }, () => buy(world, { codes: ["ANNA10"] }));
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await world.drain(0);
  const orderIds = orders.map(orderIdOf);
  const conversions = await Promise.all(orderIds.map((orderId) => conversionOf(world, orderId)));
  const jobs = conversions.map(({ shop, id }) => ({ id, data: { shop, conversionIds: [id] } }));
  return { world, orderIds, jobs };
}

/** The world with a bug in what tells impact.com of these orders. */
function withBug({ ports }: World, orderIds: readonly string[]): Ports {
  const submitConversion: Ports["impact"]["submitConversion"] = (credentials, conversion) => {
    if (orderIds.includes(conversion.orderId)) throw new Error("a bug");
    return ports.impact.submitConversion(credentials, conversion);
  };
  return { ...ports, impact: { ...ports.impact, submitConversion } };
}

/** Each time as the queue does it: together, alone after a throw, and again when the lease ends. */
async function breakOff(
  { world, jobs }: Awaited<ReturnType<typeof queuedOrders>>,
  ports: Ports,
  times: number,
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await runBatch(sendConversionJob, ports, jobs, (_group, run) => run());
    world.clock.pass(LEASE_MS + 1);
  }
}

test("a conversion whose sending always breaks off fails after twelve times, where the merchant sees it", async () => {
  const given = await queuedOrders(1);
  const { world, orderIds } = given;
  const [orderId = "" as never] = orderIds;
  const ports = withBug(world, orderIds);
  await breakOff(given, ports, MOST_BREAKS);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting" });
  await breakOff(given, ports, 1);
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "failed",
    reason: "broke-off",
    sentence: expect.stringMatching(/this app broke off each time/) as string,
  });
  const since = { since: new Date(0), heldSince: new Date(0) };
  expect(await world.ports.store.problems.countAll(world.domain, since)).toBe(1);
});

test("one that was given up is sent once when the merchant tries again after the bug is mended", async () => {
  const given = await queuedOrders(1);
  const { world, orderIds } = given;
  const [orderId = "" as never] = orderIds;
  await breakOff(given, withBug(world, orderIds), MOST_BREAKS + 1);
  expect(await retryOrder(world.ports, { shop: world.domain, orderId })).toMatchObject({
    ok: true,
  });
  await world.drain();
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("what may have reached impact.com before it broke off is looked up there, not reported anew", async () => {
  const given = await queuedOrders(1);
  const { world, orderIds } = given;
  const [orderId = "" as never] = orderIds;
  const { ports } = world;
  const taken: Ports["impact"]["submitConversion"] = async (credentials, conversion) => {
    await ports.impact.submitConversion(credentials, conversion);
    throw new Error("a bug after impact.com had taken it");
  };
  const neverListed: Ports["impact"]["listActions"] = () => Promise.reject(new Error("a bug"));
  const impact = { ...ports.impact, submitConversion: taken };
  await breakOff(given, { ...ports, impact }, 1);
  await breakOff(given, { ...ports, impact: { ...impact, listActions: neverListed } }, 12);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "broke-off" });
  // Long enough for impact.com's own net to know no repeat any more.
  for (const { eventTypes } of world.account.programs) {
    for (const type of eventTypes) type.dedupeDays = 0;
  }
  await retryOrder(ports, { shop: world.domain, orderId });
  await world.drain();
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("of a batch that breaks off together, only the one that causes it is given up", async () => {
  const given = await queuedOrders(5);
  const { world, orderIds } = given;
  const { ports } = world;
  const poisoned = orderIds[2];
  // It breaks off before anything of the batch is sent.
  const orderDetails: Ports["shopify"]["orderDetails"] = (shop, asked) => {
    if (asked.some((orderId) => orderId === poisoned)) throw new Error("a bug");
    return ports.shopify.orderDetails(shop, asked);
  };
  const shopify = { ...ports.shopify, orderDetails };
  await breakOff(given, { ...ports, shopify }, MOST_BREAKS + 1);
  const reasons = await Promise.all(orderIds.map((orderId) => standingOf(world, orderId)));
  expect(reasons.map((standing) => standing?.reason)).toEqual(
    orderIds.map((orderId) => (orderId === poisoned ? "broke-off" : "outcome-pending")),
  );
});

test("breaks count only in a row: an end in between, even a failed one, begins anew", async () => {
  const given = await queuedOrders(1);
  const { world, orderIds } = given;
  const [orderId = "" as never] = orderIds;
  const ports = withBug(world, orderIds);
  await breakOff(given, ports, MOST_BREAKS - 1);
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  await breakOff(given, world.ports, 1);
  await breakOff(given, ports, MOST_BREAKS - 1);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting" });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});
