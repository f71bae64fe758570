import { expect, test } from "vitest";
import { z } from "zod";
import { pages } from "#test/sandbox/demo/demo-merchant.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { startRunningApp } from "#test/support/running-app.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";

const reported = z.object({ state: z.literal("reported") });

test("with the database down the webhook answers 5xx, and Shopify's redelivery completes the order", async () => {
  const { world, databaseUrl } = await startRunningApp();
  const { shop, shopifyState, webhooks } = world;
  const { merchant } = await setUpShop(
    world,
    shop,
    { title: "Creators", percentage: "10", codes: [["10001", "ANNA10"]] },
    () => undefined,
  );

  await setDatabaseUp(databaseUrl, false);
  const variantId = shop.products[0]?.variants[0]?.id ?? "";
  const lines = [{ variantId, quantity: 1 }];
  const order = placeOrder(shopifyState, shop, { lines, codes: ["ANNA10"] });
  webhooks.send(shop, "orders/create", order.payload);
  await expect.poll(() => webhooks.attempts.at(-1)?.status, { timeout: 20_000 }).toBe(500);
  await setDatabaseUp(databaseUrl, true);

  await webhooks.idle();
  expect(webhooks.attempts.at(-1)?.status).toBe(200);
  await merchant.waitFor(pages.order(order.id), reported);
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({ partnerId: "10001" });
  expect(actionsOf(world.impactState, order.id)).toHaveLength(1);
});
