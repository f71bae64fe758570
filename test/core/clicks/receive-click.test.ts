import { expect, test } from "vitest";
import { checkoutHash } from "#app/adapters/shopify/checkout-hash.ts";
import { nameClicks, readLandings, turnLandings } from "#app/core/clicks/landings.ts";
import { receiveClick } from "#app/core/clicks/receive-click.ts";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import { redactOrders } from "#app/core/privacy/redact-orders.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { clickOf, shareOrders } from "#test/core/given/shared-orders.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { archiveOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

const SEEN = new Date("2026-11-20T10:00:00Z");

function tell(world: World, order: StoredOrder, clickId = "Click-1", shop = world.domain) {
  return receiveClick(world.ports, {
    shop,
    checkoutHash: checkoutHash(String(order.payload["checkout_token"])),
    orderId: orderIdOf(order),
    clickId,
    seenAt: SEEN,
  });
}

async function clicksOf(world: World, order: StoredOrder) {
  return world.ports.store.clicks.listForOrder(world.domain, orderIdOf(order));
}

const CLICK = { clickId: "Click-1", source: "pixel", seenAt: SEEN };

test.each(["before", "after"])(
  "a pixel's click that comes %s its order is the order's",
  async (when) => {
    const world = await worldWithCodes();
    const order = buy(world);
    if (when === "before") await tell(world, order);
    await deliver(world, webhookFor(world, order));
    await world.drain();
    if (when === "after") await tell(world, order);
    await world.drain();
    expect(await clicksOf(world, order)).toEqual([CLICK]);
    const decided = await world.ports.store.orders.findAttribution(world.domain, orderIdOf(order));
    expect(decided?.attribution.candidates).toMatchObject([{ kind: "click", clickId: "Click-1" }]);
  },
);

test("a reported order keeps its decision, whatever its pixel tells later", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const decisionOf = () => world.ports.store.orders.findAttribution(world.domain, orderIdOf(order));
  const before = await decisionOf();
  await tell(world, order);
  await world.drain();
  expect(await decisionOf()).toEqual(before);
});

test("a click that the pixel adds to a decided order is looked up: one partner's code and click stay one credit", async () => {
  const world = await worldWithCodes();
  clickOf(world, "10001");
  await shareOrders(world, [70, 30]);
  // Until Shopify knows the customer's history the order is decided and not sent.
  world.shopifyState.historyReadyAfterMs = 300_000;
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await tell(world, order, "click-1");
  await world.drain(0);
  await world.drain();
  const orderId = orderIdOf(order);
  const conversions = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  expect(conversions).toMatchObject([{ partnerId: "10001", code: "ANNA10", clickId: "click-1" }]);
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
});

test("the first word of a checkout stands, however often and whatever is told after it", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  await tell(world, order);
  await tell(world, order, "Click-2");
  await tell(world, order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await clicksOf(world, order)).toEqual([CLICK]);
});

test("who names an order without having been at its checkout gives it no click", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  const made = { clickId: "Click-9", seenAt: null, checkoutHash: checkoutHash("made-up") };
  await receiveClick(world.ports, { shop: world.domain, orderId, ...made });
  const before = await world.prisma.attribution.findFirstOrThrow();
  world.clock.pass(60_000);
  // Nothing is queued for it either: orders can be named by the thousand.
  expect(await world.drain()).toEqual([]);
  expect(await clicksOf(world, order)).toEqual([]);
  // Nor is the order decided again, however often somebody names it.
  expect(await world.prisma.attribution.findFirstOrThrow()).toEqual(before);
});

test("a click for a shop that is not there, or that is no click id, is refused and not stored", async () => {
  const world = await worldWithCodes();
  const order = buy(world);
  const nowhere = await tell(world, order, "Click-1", "nobody.myshopify.com" as ShopDomain);
  expect(nowhere).toMatchObject({ ok: false, problem: { kind: "unknown-shop" } });
  const empty = await tell(world, order, "");
  expect(empty).toMatchObject({ ok: false, problem: { kind: "no-click-id" } });
  expect(await world.prisma.click.count()).toBe(0);
});

test("cart and landing page come with the order's facts, and with one date, whichever way Shopify tells it", async () => {
  const world = await worldWithCodes();
  await turnLandings(world.ports, { shop: world.domain, isOn: true });
  const order = buy(world, LANDED);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const told = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(told?.facts.clicks).toEqual([
    { clickId: "Carted-1", source: "cart", seenAt: SEEN },
    { clickId: "Landed-1", source: "landing", seenAt: null },
  ]);
  const asked = await world.ports.shopify.readOrder(world.domain, orderIdOf(order));
  const { clicks, checkoutHash: hash } = told?.facts ?? {};
  expect(asked).toMatchObject({ ok: true, value: { clicks, checkoutHash: hash } });
});

const LANDED = {
  landingUrl: "/?irclickid=Landed-1",
  cartAttributes: { irclickid: "Carted-1", irclickid_seen: SEEN.toISOString() },
};

function change({ shopifyState, shop, clock }: World, order: StoredOrder): void {
  clock.pass(1_000);
  archiveOrder(shopifyState, shop, order);
}

/** Where the clicks of an order are from that was placed now, and is told by webhook. */
async function sourcesOf(world: World, order: StoredOrder) {
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  await world.drain();
  const told = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  return told?.facts.clicks.map(({ source }) => source);
}

test("a landing page's click is left alone unless the merchant has it read, and recorded orders keep what they had", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const before = buy(world, LANDED);
  expect(await sourcesOf(world, before)).toEqual(["cart"]);
  clock.pass(1_000);
  await turnLandings(ports, { shop, isOn: true });
  expect(await readLandings(ports, shop)).toMatchObject({ areRead: true });
  const during = buy(world, LANDED);
  const late = buy(world, LANDED);
  expect(await sourcesOf(world, during)).toEqual(["cart", "landing"]);
  change(world, before);
  expect(await sourcesOf(world, before)).toEqual(["cart"]);
  await turnLandings(ports, { shop, isOn: false });
  expect(await readLandings(ports, shop)).toMatchObject({ areRead: false });
  change(world, during);
  expect(await sourcesOf(world, during)).toEqual(["cart", "landing"]);
  expect(await sourcesOf(world, late)).toEqual(["cart"]);
});

/** A landing page whose click id has a name of the shop's own, beside what is nobody's business. */
const OWN_NAME = { landingUrl: "/?ref=Own-1&email=kim@example.com&fbclid=Other-1" };

test("a landing page's click under the shop's own name is the order's, whichever way Shopify tells it", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await turnLandings(ports, { shop, isOn: true });
  const unnamed = buy(world, OWN_NAME);
  expect(await sourcesOf(world, unnamed)).toEqual([]);
  expect(await nameClicks(ports, { shop, name: " ref " })).toEqual({ ok: true, value: undefined });
  expect(await readLandings(ports, shop)).toEqual({ areRead: true, name: "ref" });
  const [told, asked] = [buy(world, OWN_NAME), buy(world, OWN_NAME)];
  await deliver(world, webhookFor(world, told));
  await fetchOrder(ports, { shop, orderId: orderIdOf(asked) });
  await world.drain();
  for (const order of [told, asked]) {
    const kept = await ports.store.orders.find(shop, orderIdOf(order));
    expect(kept?.facts.clicks).toEqual([{ clickId: "Own-1", source: "landing", seenAt: null }]);
  }
  await nameClicks(ports, { shop, name: "" });
  expect(await readLandings(ports, shop)).toEqual({ areRead: true, name: null });
});

test("of a landing page nothing is stored but what stands under a name that means a click id", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const keptOf = async (order: StoredOrder) => {
    await deliver(world, webhookFor(world, order));
    return world.prisma.delivery.findFirstOrThrow({ where: { orderId: order.id } });
  };
  await turnLandings(ports, { shop, isOn: true });
  const nothing = JSON.stringify(await keptOf(buy(world, OWN_NAME)));
  expect(nothing).not.toMatch(/Own-1|kim|Other-1/);
  await nameClicks(ports, { shop, name: "ref" });
  const named = JSON.stringify(await keptOf(buy(world, OWN_NAME)));
  expect(named).toContain("Own-1");
  expect(named).not.toMatch(/kim|Other-1/);
});

test("of a landing page that is not to be read, nothing is written, not even until its order is processed", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await nameClicks(ports, { shop, name: "ref" });
  const landingUrl = "/?irclickid=Land-1&im_ref=Land-2&ref=Own-1";
  const order = buy(world, { landingUrl, cartAttributes: { irclickid: "Cart-1" } });
  await deliver(world, webhookFor(world, order));
  const { facts } = await world.prisma.delivery.findFirstOrThrow({ where: { orderId: order.id } });
  expect(facts).toMatchObject({ clicks: [{ clickId: "Cart-1", source: "cart" }] });
  expect(JSON.stringify(facts)).not.toMatch(/Land-|Own-1/);
});

test("a landing page whose parameter's name no database can hold keeps no order out", async () => {
  const world = await worldWithCodes();
  await turnLandings(world.ports, { shop: world.domain, isOn: true });
  const order = buy(world, {
    landingUrl: "/?%00=abc&a%00b=abc&irclickid=Land-1",
    cartAttributes: {},
  });
  expect(await sourcesOf(world, order)).toEqual(["landing"]);
});

test.each(["two words", "a&b", "a=b", "a".repeat(65)])(
  "%j is no name for a click id, and says so",
  async (name) => {
    const { ports, domain: shop } = await worldWithCodes();
    const named = await nameClicks(ports, { shop, name });
    expect(named).toMatchObject({ ok: false, problem: { kind: "no-name", retry: "never" } });
    expect(await readLandings(ports, shop)).toMatchObject({ name: null });
  },
);

test("a redacted order gets none of its clicks back, whatever is told of it later", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const order = buy(world, LANDED);
  const unknown = buy(world, LANDED);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const { id: deliveryId } = await world.prisma.delivery.findFirstOrThrow();
  const orderIds = [orderIdOf(order), orderIdOf(unknown)];
  await redactOrders(ports, { shop, deliveryId, orderIds });
  for (const one of [order, unknown]) {
    change(world, one);
    await deliver(world, webhookFor(world, one, { topic: "orders/updated" }));
    await tell(world, one);
    await world.drain();
    const kept = await ports.store.orders.find(shop, orderIdOf(one));
    expect(kept?.facts).toMatchObject({ clicks: [], checkoutHash: null, emailSha1: null });
    expect(await clicksOf(world, one)).toEqual([]);
  }
});

test("a redacted order has no click any more", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { cartAttributes: { irclickid: "Carted-1" } });
  await tell(world, order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderIds = [orderIdOf(order)];
  const { id: deliveryId } = await world.prisma.delivery.findFirstOrThrow();
  await redactOrders(world.ports, { shop: world.domain, deliveryId, orderIds });
  expect(await clicksOf(world, order)).toEqual([]);
  const kept = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(kept?.facts).toMatchObject({ clicks: [], checkoutHash: null });
});
