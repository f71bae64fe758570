import { expect, test } from "vitest";
import { checkoutHash } from "#app/adapters/shopify/checkout-hash.ts";
import { turnLandings } from "#app/core/clicks/landings.ts";
import { receiveClick } from "#app/core/clicks/receive-click.ts";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { toSendJobs } from "#app/core/conversions/send-jobs.ts";
import type { OrderId } from "#app/core/ids.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { runDue } from "#test/support/run-due.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
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
  expect((await saveRuleNow(world.ports, rule)).ok).toBe(true);
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

/** Anna's code is registered as INVOLVED: impact.com pays it by her own click alone, and the rule is the first. */
async function worldOfInvolved(): Promise<World> {
  const world = await worldWithCodes();
  await trackClicksOf(world, "10001");
  await turnLandings(world.ports, { shop: world.domain, isOn: true });
  world.clock.pass(1_000);
  return world;
}

/** What a checkout's pixel tells half a minute after its order. */
async function tellByPixel(world: World, order: StoredOrder, clickId: string) {
  world.clock.pass(30_000);
  await receiveClick(world.ports, {
    ...{ shop: world.domain, orderId: orderIdOf(order), clickId, seenAt: world.clock.now() },
    checkoutHash: checkoutHash(String(order.payload["checkout_token"])),
  });
  await runDue(world, "join-click");
  world.clock.pass(31_000);
}

test("where no rule gives clicks anything, an order by a code that pays nobody without its partner's click waits for impact.com's word on the one its cart, pixel or landing page told, and is paid with it", async () => {
  const world = await worldOfInvolved();
  await world.ports.store.clicks.savePixelOn(world.domain, true);
  const byCart = buyClicked(world, "by-cart");
  const byLanding = buy(world, { codes: ["ANNA10"], landingUrl: "/?irclickid=by-landing" });
  const byPixel = buy(world, { codes: ["ANNA10"] });
  const orders = [byCart, byLanding, byPixel];
  const reasons = () =>
    Promise.all(orders.map(async (order) => (await standingOf(world, orderIdOf(order)))?.reason));
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  await runDue(world, "send-conversion");
  await tellByPixel(world, byPixel, "by-pixel");
  await runDue(world, "send-conversion");
  expect(await reasons()).toEqual(orders.map(() => "click-pending"));
  await world.drain(20 * 60_000);
  expect(await reasons()).toEqual(orders.map(() => "click-pending"));
  for (const clickId of ["by-cart", "by-landing", "by-pixel"]) clickOf(world, "10001", clickId);
  await world.drain();
  for (const order of orders) {
    expect(actionsFor(world, orderIdOf(order))).toEqual(["10001 by promo code"]);
  }
  expect(await reasons()).toEqual(orders.map(() => "credited"));
});

test("such an order goes as the rule says once its click is told to be another's or nobody's, and at once where the token may not ask; any other code's goes at once", async () => {
  const world = await worldOfInvolved();
  await trackClicksOf(world, "10002");
  clickOf(world, "10002", "bens");
  const clicks = ["bens", "nobodys", "not-told"];
  const orders = clicks.map((clickId) => buyClicked(world, clickId));
  const isNotTold = ({ path }: { path: string }) => path.endsWith("/not-told");
  world.impact.faults.failNext(100, 403, isNotTold);
  for (const order of orders) await deliver(world, webhookFor(world, order));
  await world.drain(5 * 60_000);
  const reasons = () =>
    Promise.all(orders.map(async (order) => (await standingOf(world, orderIdOf(order)))?.reason));
  expect(await reasons()).toEqual(["not-credited", "click-pending", "not-credited"]);
  await world.drain();
  expect(await reasons()).toEqual(["not-credited", "not-credited", "not-credited"]);
  expect(actionsOf(world.impactState)).toEqual([]);

  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: { reach: "ALWAYS" } });
  const always = buyClicked(world, "nobody-asked");
  await deliver(world, webhookFor(world, always));
  await runDue(world, "process-delivery");
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderIdOf(always))).toMatchObject({ reason: "outcome-pending" });
});

test("such an order waits for as long as others where impact.com can't be asked, and is paid by its partner's click once it can", async () => {
  const world = await worldOfInvolved();
  clickOf(world, "10001", "annas");
  const endsAt = new Date(world.clock.now().getTime() + 8 * HOUR);
  world.impact.faults.failNext(100_000, 503, () => world.clock.now() < endsAt);
  const order = buyClicked(world, "annas");
  await deliver(world, webhookFor(world, order));
  await world.drain(7 * HOUR);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    ...{ state: "waiting", reason: "click-pending" },
    sentence: expect.stringMatching(/could not be asked yet: it is asked again/) as string,
  });
  await world.drain(7 * HOUR);
  expect(actionsFor(world, orderIdOf(order))).toEqual(["10001 by promo code"]);
});

test("such a code is paid by its own partner's click from the landing page, though another partner's click counts, once impact.com has told of it", async () => {
  const world = await worldOfInvolved();
  await trackClicksOf(world, "10002");
  for (const [id, partnerId] of [
    ["bens", "10002"],
    ["annas", "10001"],
  ] as const) {
    clickOf(world, partnerId, id);
  }
  const cartAttributes = { irclickid: "bens" };
  const landingUrl = "/?irclickid=annas";
  const order = buy(world, { codes: ["ANNA10"], cartAttributes, landingUrl });
  await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  await runDue(world, "send-conversion");
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "click-pending" });
  await world.drain();
  expect(actionsFor(world, orderIdOf(order))).toEqual(["10001 by promo code"]);
});

test("of partners who share an order evenly, one whose code pays by a click alone is paid by their own", async () => {
  const world = await worldOfInvolved();
  const rule = { shop: world.domain, ...RULE_FORM, several: "split-evenly" };
  expect((await saveRuleNow(world.ports, rule)).ok).toBe(true);
  world.clock.pass(1_000);
  clickOf(world, "10001", "annas");
  const order = buy(world, { codes: ["ANNA10", "BEN10"], cartAttributes: { irclickid: "annas" } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(actionsFor(world, orderIdOf(order))).toEqual([
    ...["10001 by promo code", "10002 by promo code"],
  ]);
});
