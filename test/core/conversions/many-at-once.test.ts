import { expect, test } from "vitest";
import { checkSubmission } from "#app/core/conversions/check-submission.ts";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import type { OrderId } from "#app/core/ids.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;
const sending = ({ path }: { path: string }) => path.endsWith("/Conversions");

async function buyMany(world: World, count: number): Promise<StoredOrder[]> {
  const orders: StoredOrder[] = [];
  for (let number = 1; number <= count; number += 1) {
    const order = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, order));
    orders.push(order);
  }
  return orders;
}

async function conversionsOf({ ports, domain }: World, orders: readonly StoredOrder[]) {
  const orderIds = orders.map(orderIdOf);
  const conversions = await ports.store.conversions.listForOrders(domain, orderIds);
  const byOrder = new Map(conversions.map((conversion) => [conversion.orderId, conversion]));
  return orderIds.flatMap((orderId) => byOrder.get(orderId) ?? []);
}

async function submissionIdsOf(world: World, orders: readonly StoredOrder[]): Promise<string[]> {
  const ids = (await conversionsOf(world, orders)).map(({ id }) => id);
  const submissions = await world.ports.store.conversions.listSubmissions(world.domain, ids);
  return submissions.map(({ submissionId }) => submissionId);
}

const reasonsOf = (world: World, orderIds: readonly OrderId[]) =>
  Promise.all(orderIds.map(async (orderId) => (await standingOf(world, orderId))?.reason));

/** Orders whose first sending failed, so that nothing of them is at impact.com. */
async function unsentOrders(count: number) {
  const world = await worldWithCodes();
  const orders = await buyMany(world, count);
  world.impact.faults.failNext(count, 503, sending);
  await world.drain(0);
  return { world, orders, ids: (await conversionsOf(world, orders)).map(({ id }) => id) };
}

test("conversions sent together each get what impact.com said of them, and nobody else's", async () => {
  const { world, orders, ids } = await unsentOrders(4);
  const [refused, failed] = orders.map(orderIdOf);
  const isOf = (orderId: OrderId | undefined) => (request: { path: string; form: unknown }) =>
    sending(request) && (request.form as URLSearchParams).get("OrderId") === orderId;
  world.impact.faults.failNext(1, 400, isOf(refused));
  world.impact.faults.failNext(1, 503, isOf(failed));
  await sendConversions(world.ports, { shop: world.domain, conversionIds: ids });
  expect(await reasonsOf(world, orders.map(orderIdOf))).toEqual([
    "refused",
    "trying-again",
    "outcome-pending",
    "outcome-pending",
  ]);
  expect(await submissionIdsOf(world, orders)).toHaveLength(2);
});

test("two workers that send the same conversions at once send each of them once", async () => {
  const { world, orders, ids } = await unsentOrders(4);
  const before = requestsTo(world, "POST", "/Conversions").length;
  const sendAll = (conversionIds: string[]) =>
    sendConversions(world.ports, { shop: world.domain, conversionIds });
  await Promise.all([sendAll(ids), sendAll([...ids, ...ids.toReversed()])]);
  await world.drain();
  expect(requestsTo(world, "POST", "/Conversions").length - before).toBe(4);
  expect(await submissionIdsOf(world, orders)).toHaveLength(4);
});

/** impact.com credits somebody else for these. */
async function payAnother(world: World, orders: StoredOrder[]): Promise<void> {
  const ids = new Set(orders.map(({ id }) => id));
  for (const action of world.account.actions) {
    if (ids.has(action.orderId)) action.partnerId = "10002";
  }
  for (const submissionId of await submissionIdsOf(world, orders)) {
    const submission = world.account.submissions.get(submissionId);
    if (!submission) throw new Error("impact.com has no such submission");
    submission.partnerId = "10002";
  }
}

test("settled together or one by one, orders and conversions end the same", async () => {
  const world = await worldWithCodes();
  const half = 6;
  const orders = await buyMany(world, 2 * half);
  await world.drain(0);
  const refund = (order: StoredOrder) => {
    const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
    return deliverAll(world, staffOf(world).refund(order, { lines }));
  };
  for (const order of [orders[0], orders[half]]) if (order) await refund(order);
  await world.drain(0);
  for (const at of [1, half + 1]) await payAnother(world, orders.slice(at, at + 1));
  const { ports, domain: shop } = world;
  const submissionIds = await submissionIdsOf(world, orders.slice(0, half));
  await checkSubmissions(ports, { shop, submissionIds });
  const others = await submissionIdsOf(world, orders.slice(half));
  for (const submissionId of others) await checkSubmission(ports, { shop, submissionId });
  const endsOf = async (some: StoredOrder[]) => {
    const conversions = await conversionsOf(world, some);
    const submissions = await ports.store.conversions.listSubmissions(
      shop,
      conversions.map(({ id }) => id),
    );
    return {
      reasons: await reasonsOf(world, some.map(orderIdOf)),
      conversions: conversions.map(({ state, held, emailSha1, leaseUntil, settledAt }) => ({
        ...{ state, held, emailSha1, leaseUntil, settledAt },
      })),
      submissions: conversions.map(({ id }) => {
        const found = submissions.find(({ conversionId }) => conversionId === id);
        if (!found) throw new Error("it was not sent");
        const { state, partnerId, checks, errorType, errorReason } = found;
        return { state, partnerId, checks, errorType, errorReason };
      }),
    };
  };
  const together = await endsOf(orders.slice(0, half));
  expect(together).toEqual(await endsOf(orders.slice(half)));
  expect(together.reasons).toEqual([
    "adjusting",
    "credited-to-another",
    ...Array.from({ length: half - 2 }, () => "credited"),
  ]);
});

test("many that impact.com is still at work on are asked again, each with its count", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = HOUR;
  const orders = await buyMany(world, 3);
  await world.drain(0);
  const submissionIds = await submissionIdsOf(world, orders);
  await checkSubmissions(world.ports, { shop: world.domain, submissionIds });
  const conversions = await conversionsOf(world, orders);
  const submissions = await world.ports.store.conversions.listSubmissions(
    world.domain,
    conversions.map(({ id }) => id),
  );
  expect(submissions.map(({ checks, state }) => ({ checks, state }))).toEqual(
    orders.map(() => ({ checks: 1, state: "queued" })),
  );
  await world.drain();
  expect(await reasonsOf(world, orders.map(orderIdOf))).toEqual(orders.map(() => "credited"));
});
