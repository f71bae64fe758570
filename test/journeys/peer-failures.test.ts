import { expect, test } from "vitest";
import { receiveDelivery } from "#app/core/orders/receive-delivery.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { processDelivery } from "#app/core/orders/process-delivery.ts";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import { startChanging } from "#test/core/given/change-batch.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { deliverAll, lineOf } from "#test/support/shopify-staff.ts";
import { deliver, orderIdOf, webhookFor, type WebhookRequest } from "#test/support/shopper.ts";
import {
  ANNA,
  ignored,
  matrixShop,
  REPORTED,
  REVERSED,
  UNREPORTED,
} from "./order-matrix/matrix-shop.ts";

const HOUR = 3_600_000;

/*
 * The cases that a measured peer's order handler fails: reference/peers.md, section 5, by number.
 */

test("case 4: a returning customer first brought by A who now uses B's code earns B the order", async () => {
  const shop = await matrixShop();
  const customer = { email: "kim@example.com" };
  const first = await shop.sell({ customer, codes: ["ANNA10"] });
  const second = await shop.sell({ customer, codes: ["BEN10"] });
  expect(shop.paid(first)).toMatchObject(ANNA);
  expect(shop.paid(second)).toMatchObject({ partnerId: "10002", code: "BEN10" });
  expect(await shop.ledger(first)).toEqual(REPORTED);
  expect(await shop.ledger(second)).toEqual(REPORTED);
});

test("case 5: a returning customer first brought by A who comes without a code or a click earns nobody anything", async () => {
  const shop = await matrixShop();
  const customer = { email: "kim@example.com" };
  const first = await shop.sell({ customer });
  const second = await shop.sell({ customer, codes: [] });
  expect(shop.paid(first)).toMatchObject(ANNA);
  expect(shop.paid(second)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(second)).toEqual(ignored("no-code"));
});

test.each([
  [["ANNA10", "BEN10"], "10001"],
  [["BEN10", "ANNA10"], "10002"],
])(
  "case 6: of two partners' codes on one order (%j) the one typed first earns, and the other is named beside it",
  async (codes, partnerId) => {
    const shop = await matrixShop();
    const { world } = shop;
    const order = await shop.sell({ codes });
    expect(shop.paid(order)).toMatchObject({ partnerId, code: codes[0] });
    expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
    expect(await shop.ledger(order)).toEqual(REPORTED);
    const found = await world.ports.store.orders.findAttribution(world.domain, orderIdOf(order));
    expect(found?.attribution).toMatchObject({
      because: "first-of-several",
      candidates: [
        { code: codes[0], verdict: "earns" },
        { code: codes[1], verdict: "entered-later" },
      ],
    });
  },
);

test("case 7: a guest's order delivered twice is one order, one conversion and one action", async () => {
  const shop = await matrixShop();
  const order = shop.order({ customer: { email: "guest@example.com" } });
  const { world } = shop;
  await Promise.all([1, 2].map(() => deliver(world, webhookFor(world, order))));
  const again = webhookFor(world, order);
  await Promise.all([again, again].map((webhook) => deliver(world, webhook)));
  await world.drain();
  expect(await world.prisma.order.count()).toBe(1);
  expect(await world.prisma.conversion.count()).toBe(1);
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
});

test.each(["pos", "shopify_draft_order"])(
  "case 8: an order without a checkout token (%s) is reported",
  async (sourceName) => {
    const shop = await matrixShop();
    const order = await shop.sell({ sourceName });
    expect(order.payload["checkout_token"]).toBeNull();
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
    expect(await shop.ledger(order)).toEqual(REPORTED);
  },
);

test("case 8: an order whose payload can't be read is asked for, and reported", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  const payload = structuredClone(order.payload);
  delete payload["line_items"];
  await shop.happens([{ topic: "orders/create", payload }]);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("case 9: with the database down the webhook is not acknowledged, and the next one completes the order", async () => {
  const shop = await matrixShop();
  const { world } = shop;
  const order = shop.order();
  const webhook = webhookFor(world, order);
  await setDatabaseUp(world.databaseUrl, false);
  await expect(deliver(world, webhook)).rejects.toThrow();
  await setDatabaseUp(world.databaseUrl, true);

  await deliver(world, webhook);
  await world.drain();
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

/** The ports with a store that carries out the next transaction and then loses its commit. */
function losingOneCommit(ports: Ports): Ports {
  let isLost = false;
  const loseOnce = <T>(done: T): T => {
    if (isLost) return done;
    isLost = true;
    throw new Error("the commit is lost");
  };
  const { inTransaction, inPipeline } = ports.store;
  const store: Ports["store"] = {
    ...ports.store,
    inTransaction: (work) => inTransaction(async (tx) => loseOnce(await work(tx))),
    inPipeline: (work) => inPipeline(async (tx) => loseOnce(await work(tx))),
  };
  return { ...ports, store };
}

function deliveryIn({ headers, body }: WebhookRequest) {
  const delivery = readWebhook(new Headers(headers), new TextEncoder().encode(body));
  if (!delivery) throw new Error("no delivery");
  return delivery;
}

test("case 10: a commit lost while a delivery is stored leaves no mark that it was seen", async () => {
  const shop = await matrixShop();
  const { world } = shop;
  const order = shop.order();
  const delivery = deliveryIn(webhookFor(world, order));
  const ports = losingOneCommit(world.ports);
  await expect(receiveDelivery(ports, delivery)).rejects.toThrow("the commit is lost");
  await receiveDelivery(ports, delivery);
  await world.drain();
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
});

test("case 10: a commit lost while a delivery is worked on leaves it to be worked on again", async () => {
  const shop = await matrixShop();
  const { world } = shop;
  const order = shop.order();
  await deliver(world, webhookFor(world, order));
  const { id: deliveryId } = await world.prisma.delivery.findFirstOrThrow();
  const job = { shop: world.domain, deliveryId };
  const ports = losingOneCommit(world.ports);
  await expect(processDelivery(ports, job)).rejects.toThrow("the commit is lost");
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
  expect(await world.prisma.conversion.count()).toBe(1);
});

test("case 11: a refund takes back what it gives back, line by line and in the end all of it", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const refund = (sku: string) =>
    shop.happens(
      shop.staff.refund(order, { lines: [{ lineItemId: lineOf(order, sku), quantity: 1 }] }),
    );
  await refund("KETTLE");
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  await refund("MUG");
  expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
  expect(await shop.ledger(order)).toEqual(REVERSED);
});

test("case 11: a refund that arrives before its order waits for it", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  const placed = placedWebhooks(order);
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  const [refunded] = shop.staff.refund(order, { lines });
  await shop.happens(refunded ? [refunded] : []);
  expect(actionsOf(shop.world.impactState)).toEqual([]);
  await shop.happens(placed);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
});

test("case 12: a cancelled order is reversed", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  await shop.happens(shop.staff.cancel(order, { reason: "customer", refund: true }));
  expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
  expect(await shop.ledger(order)).toEqual(REVERSED);
});

test("case 13: an order without a code waits for no pixel: it is settled at once, with the reason", async () => {
  const shop = await matrixShop();
  const order = shop.order({ codes: [] });
  await deliverAll(shop.world, placedWebhooks(order));
  await shop.world.drain(0);
  expect(shop.paid(order)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(order)).toEqual(ignored("no-code"));
});

test("case 14: a retired code earns nothing any more, even if it is made in Shopify again, but what was bought with it before does", async () => {
  const shop = await matrixShop();
  const { world } = shop;
  const before = shop.order();
  world.clock.pass(60_000);
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain(HOUR);
  const refused = await shop.sell({ whenCodeRefused: "pay-without" });
  expect(shop.paid(refused)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(refused)).toEqual(ignored("no-code"));

  makeInShopify(world, "ANNA10", "Made again");
  const again = await shop.sell();
  expect(again.payload).toMatchObject({ discount_codes: [{ code: "ANNA10" }] });
  expect(shop.paid(again)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(again)).toEqual(ignored("not-assigned-then"));

  await shop.happens(placedWebhooks(before));
  expect(await shop.ledger(before)).toEqual(REPORTED);
  expect(shop.paid(before)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
});
