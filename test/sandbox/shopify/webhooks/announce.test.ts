import { expect, test } from "vitest";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";
import { orderForTests } from "#test/sandbox/shopify/orders/order-for-tests.ts";
import { announce } from "./announce.ts";
import { appForTests } from "./app-for-tests.ts";
import { createWebhooks } from "./create-webhooks.ts";

test("what one change brings goes out as one event, to the topics subscribed to", async () => {
  await using app = await appForTests();
  const { state, shop, order, lineIds } = orderForTests();
  const webhooks = createWebhooks(state, {
    appUrl: app.url,
    subscriptions: { "refunds/create": "/webhooks", "orders/updated": "/webhooks" },
  });
  const changes = refundOrder(state, shop, order, {
    lines: [{ lineItemId: lineIds[0] ?? "", quantity: 1 }],
  });
  const ids = announce(webhooks, shop, [...changes, { topic: "orders/paid", payload: {} }]);
  await webhooks.idle();
  await webhooks.close();
  expect(ids).toHaveLength(2);
  const headers = app.received.map((each) => each.headers);
  expect(headers.map((each) => each["x-shopify-topic"]).toSorted()).toEqual([
    "orders/updated",
    "refunds/create",
  ]);
  expect(new Set(headers.map((each) => each["x-shopify-event-id"])).size).toBe(1);
});
