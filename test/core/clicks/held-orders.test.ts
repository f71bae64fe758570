import { expect, test } from "vitest";
import { saveRule } from "#app/core/attribution/save-rule.ts";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { toSendJobs } from "#app/core/conversions/send-jobs.ts";
import type { OrderId } from "#app/core/ids.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { runDue } from "#test/support/run-due.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;

/** Anna's code with a click of just now, of which impact.com knows nothing yet. */
function buyClicked(world: World, clickId: string) {
  const seenAt = world.clock.now().toISOString();
  const cartAttributes = { irclickid: clickId, irclickid_seen: seenAt };
  return buy(world, { codes: ["ANNA10"], cartAttributes });
}

const actionsFor = ({ impactState }: World, orderId: OrderId) =>
  actionsOf(impactState)
    .filter((action) => action.orderId.startsWith(orderId))
    .map(({ partnerId, because }) => `${partnerId} by ${because}`)
    .toSorted();

test("an order refunded in part while it is held goes out by what is left, and a cancelled one not at all", async () => {
  const world = await worldWithCodes();
  await shareOrders(world, [70, 30]);
  await trackClicksOf(world, "10002");
  const [refunded, cancelled] = [buyClicked(world, "bens"), buyClicked(world, "bens")];
  for (const order of [refunded, cancelled]) await deliver(world, webhookFor(world, order));
  await world.drain(0);
  for (const orderId of [refunded, cancelled].map(orderIdOf)) {
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "click-pending" });
  }
  world.clock.pass(60_000);
  await deliverAll(world, [
    ...staffOf(world).refund(refunded, { amountMinor: 3_105 }),
    ...staffOf(world).cancel(cancelled, { reason: "customer", refund: true }),
  ]);
  await world.drain(0);
  expect(actionsOf(world.impactState)).toEqual([]);
  clickOf(world, "10002", "bens");
  await world.drain();

  const [id, idOfCancelled] = [orderIdOf(refunded), orderIdOf(cancelled)];
  expect(actionsFor(world, id)).toEqual(["10001 by promo code", "10002 by click"]);
  const parts = ["code", "click"].map((key) => heldAt(world.impactState, `${id}-${key}`));
  expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([2_174, 931]);
  expect(await standingOf(world, id)).toMatchObject({ state: "reported", reason: "credited" });
  expect(actionsFor(world, idOfCancelled)).toEqual([]);
  expect(await standingOf(world, idOfCancelled)).toMatchObject({
    ...{ state: "ignored", reason: "cancelled" },
  });
});

test("orders that are held in jobs of their own go once each, whoever's the click turns out to be", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma } = world;
  const { conversions, queue } = ports.store;
  await shareOrders(world, [70, 30]);
  await trackClicksOf(world, "10002");
  const orders = [buyClicked(world, "annas"), buyClicked(world, "bens")];
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'send-conversion'`;
  const parts = await conversions.listForOrders(shop, orders.map(orderIdOf));
  // Until impact.com has told of the click, all is the code's.
  expect(parts).toHaveLength(2);
  for (const part of parts) {
    await queue.sendAll("send-conversion", toSendJobs(shop, [part]));
    await runDue(world, "send-conversion");
  }
  expect(actionsOf(world.impactState)).toEqual([]);
  clickOf(world, "10001", "annas");
  clickOf(world, "10002", "bens");
  await world.drain();
  // Whatever job comes late finds nothing left to send.
  await sendConversions(ports, { shop, conversionIds: parts.map(({ id }) => id) });
  const [annas, bens] = orders.map((order) => actionsFor(world, orderIdOf(order)));
  expect(annas).toEqual(["10001 by promo code"]);
  expect(bens).toEqual(["10001 by promo code", "10002 by click"]);
});

test("a hold that meets an outage of impact.com lasts until impact.com can tell: the code's partner is not lost to a click that is nobody's", async () => {
  const world = await worldWithCodes();
  const rule = { shop: world.domain, ...RULE_FORM, meeting: "code-without-click" };
  expect((await saveRule(world.ports, rule)).ok).toBe(true);
  await trackClicksOf(world, "10002");
  world.clock.pass(1_000);
  const orders = [buyClicked(world, "nobodys"), buyClicked(world, "bens")];
  clickOf(world, "10002", "bens");
  const isOutage = () => world.clock.now() < endsAt;
  const endsAt = new Date(world.clock.now().getTime() + 8 * HOUR);
  world.impact.faults.failNext(100_000, 503, isOutage);
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await world.drain(8 * HOUR);
  expect(actionsOf(world.impactState)).toEqual([]);
  for (const order of orders) {
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({
      ...{ state: "waiting", reason: "click-pending" },
      sentence: expect.stringMatching(/could not be asked yet: it is asked again/) as string,
    });
  }
  await world.drain(6 * HOUR);
  const [nobodys, bens] = orders.map((order) => actionsFor(world, orderIdOf(order)));
  expect(nobodys).toEqual(["10001 by promo code"]);
  expect(bens).toEqual(["10002 by click"]);
});
