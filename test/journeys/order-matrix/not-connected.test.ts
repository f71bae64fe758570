import { expect, test } from "vitest";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { deliverAll, lineOf } from "#test/support/shopify-staff.ts";
import { buy, orderIdOf } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";
import { ANNA, ignored, matrixShop, REPORTED } from "./matrix-shop.ts";

const WAITING = { state: "waiting", reason: "not-connected" };

test("not connected: the order waits, and goes out when impact.com is connected", async () => {
  const shop = await matrixShop();
  await disconnectImpact(shop.world.ports, shop.world.domain);
  const order = await shop.sell();
  expect(await shop.ledger(order)).toEqual(WAITING);
  expect(actionsOf(shop.world.impactState)).toEqual([]);

  await setUpProgram(shop.world);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("not connected: what is refunded while the order waits is never reported", async () => {
  const shop = await matrixShop();
  await disconnectImpact(shop.world.ports, shop.world.domain);
  const [partly, wholly] = [await shop.sell(), await shop.sell()];
  const kettle = [{ lineItemId: lineOf(partly, "KETTLE"), quantity: 1 }];
  await shop.happens(shop.staff.refund(partly, { lines: kettle }));
  await shop.happens(shop.staff.cancel(wholly, { reason: "customer", refund: true }));

  await setUpProgram(shop.world);
  expect(shop.paid(partly)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  expect(await shop.ledger(wholly)).toEqual(ignored("cancelled"));
});

test("never connected: an order with a code is kept in the ledger, as no partner's yet", async () => {
  const world = await createWorld();
  await ensureShop(world.ports, world.domain);
  addDiscount(world.shopifyState, world.shop, ["WELCOME5"]);
  const order = buy(world, { codes: ["WELCOME5"] });
  await deliverAll(world, placedWebhooks(order));
  await world.drain(86_400_000);
  const line = await world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(line).toMatchObject({ state: "ignored", reason: "not-a-partner-code" });
});
