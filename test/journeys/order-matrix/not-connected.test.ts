import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { deliverAll, lineOf } from "#test/support/shopify-staff.ts";
import { buy, orderIdOf } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";
import { ANNA, ignored, matrixShop, REPORTED } from "./matrix-shop.ts";

const DAY = 86_400_000;
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

const NOT_A_PARTNERS = ignored("not-a-partner-code");

test("never connected: an order with a code is kept as no partner's, and pays once its code is adopted and assigned", async () => {
  const world = await createWorld();
  await ensureShop(world.ports, world.domain);
  makeInShopify(world, "WELCOME5", "Welcome");
  const order = buy(world, { codes: ["WELCOME5"] });
  await deliverAll(world, placedWebhooks(order));
  await world.drain(DAY);
  const ledger = () => world.ports.store.orders.find(world.domain, orderIdOf(order));
  expect(await ledger()).toMatchObject(NOT_A_PARTNERS);
  expect(actionsOf(world.impactState)).toEqual([]);

  // To connect alone changes nothing: nobody has said yet whose code it is.
  await setUpProgram(world);
  expect(await ledger()).toMatchObject(NOT_A_PARTNERS);

  world.clock.pass(10 * DAY);
  await assignToAnna(world, "WELCOME5");
  await world.drain(DAY);
  expect(await ledger()).toMatchObject(REPORTED);
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({
    partnerId: "10001",
    code: "WELCOME5",
    amountMinor: 6_210,
  });
  expect(actionsOf(world.impactState)).toHaveLength(1);
});

/** From as long ago as can still be reported: the code becomes ours first. */
async function assignToAnna({ ports, domain: shop }: World, text: string): Promise<void> {
  const [code, partnerId] = [text as DiscountCode, "10001" as PartnerId];
  expect(await assignCode(ports, { shop, code, partnerId, since: null })).toMatchObject({
    ok: true,
  });
}
