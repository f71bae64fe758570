import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  shopForTests,
  TEST_NOW,
  variantId,
} from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { appForTests } from "./app-for-tests.ts";
import { createWebhooks } from "./create-webhooks.ts";
import type { WebhooksOptions } from "./create-webhooks.ts";
import { retryDelay } from "./retry-delay.ts";
import { subscriptionsInToml } from "./subscriptions-in-toml.ts";

/** Four hours of retries pass in about a seventh of a second. */
const FAST = 100_000;

function orderWebhooks(appUrl: string, options: Partial<WebhooksOptions> = {}) {
  const { state, shop } = shopForTests();
  const webhooks = createWebhooks(state, {
    appUrl,
    subscriptions: { "orders/create": "/webhooks/orders" },
    timeScale: FAST,
    ...options,
  });
  return { state, shop, webhooks, sendOrder: () => sendOrder(state, shop) };

  function sendOrder(state: ShopifyState, shop: Shop): string {
    const lines = [{ variantId: variantId(shop, "KETTLE"), quantity: 1 }];
    const order = placeOrder(state, shop, { lines });
    const webhookId = webhooks.send(shop, "orders/create", order.payload);
    if (webhookId === null) throw new Error("Nothing was sent.");
    return webhookId;
  }
}

test("a delivery is signed over its raw bytes and carries the documented headers", async () => {
  await using app = await appForTests();
  const { state, shop, webhooks, sendOrder } = orderWebhooks(app.url, {
    subscriptions: { "orders/create": { path: "/webhooks/orders", name: "orders" } },
  });
  const webhookId = sendOrder();
  await webhooks.idle();

  const [delivery] = app.received;
  const digest = createHmac("sha256", state.apiSecret).update(delivery?.rawBody ?? "");
  expect(delivery?.path).toBe("/webhooks/orders");
  expect(delivery?.headers).toMatchObject({
    "content-type": "application/json",
    "x-shopify-topic": "orders/create",
    "x-shopify-hmac-sha256": digest.digest("base64"),
    "x-shopify-shop-domain": "tea-house.myshopify.com",
    "x-shopify-api-version": "2026-07",
    "x-shopify-webhook-id": webhookId,
    "x-shopify-event-id": expect.stringMatching(/^[\da-f-]{36}$/),
    "x-shopify-triggered-at": TEST_NOW.toISOString(),
    "x-shopify-name": "orders",
  });
  expect(delivery?.rawBody.toString()).toContain(`"id":${shop.orders[0]?.id},`);
});

test("a 5xx and a redirect are failures, and are retried until a 2xx", async () => {
  await using app = await appForTests((_delivery, index) => [500, 302, 204][index] ?? 200);
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  const webhookId = sendOrder();
  await webhooks.idle();

  expect(webhooks.attempts).toMatchObject([
    { status: 500, attempt: 1, webhookId, topic: "orders/create" },
    { status: 302, attempt: 2, webhookId },
    { status: 204, attempt: 3, webhookId },
  ]);
  const bodies = new Set(app.received.map((delivery) => delivery.rawBody.toString()));
  expect(bodies.size).toBe(1);
});

test("after eight retries Shopify gives up", async () => {
  await using app = await appForTests(() => 503);
  const { webhooks, sendOrder } = orderWebhooks(app.url, { timeScale: FAST * 10 });
  sendOrder();
  await webhooks.idle();
  expect(webhooks.attempts.map((attempt) => attempt.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("the eight retries are spread over four hours, each wait twice the last", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => retryDelay(attempts) ?? 0);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeCloseTo(4 * 60 * 60 * 1000, 3);
  expect((waits[1] ?? 0) / (waits[0] ?? 1)).toBeCloseTo(2, 9);
  expect(retryDelay(9)).toBeNull();
});

test("an app that stays silent is timed out and asked again", async () => {
  await using app = await appForTests((_delivery, index) => (index === 0 ? "silence" : 200));
  const { webhooks, sendOrder } = orderWebhooks(app.url, { timeoutMs: 100 });
  sendOrder();
  await webhooks.idle();
  expect(webhooks.attempts.map((attempt) => attempt.status)).toEqual(["timeout", 200]);
});

test("an app that is down is unreachable, and closing gives up the retries", async () => {
  const { webhooks, sendOrder } = orderWebhooks("http://127.0.0.1:9", { timeScale: 1 });
  sendOrder();
  await expect.poll(() => webhooks.attempts.length).toBe(1);
  await webhooks.close();
  expect(webhooks.attempts).toMatchObject([{ status: "unreachable" }]);
});

test("a retry may be told to take a new webhook id; its event id stays", async () => {
  await using app = await appForTests((_delivery, index) => (index === 0 ? 500 : 200));
  const { webhooks, sendOrder } = orderWebhooks(app.url, { sameIdOnRetry: false });
  sendOrder();
  await webhooks.idle();
  const headers = (name: string) => new Set(app.received.map((delivery) => delivery.headers[name]));
  expect(headers("x-shopify-webhook-id").size).toBe(2);
  expect(headers("x-shopify-event-id").size).toBe(1);
});

test("duplicateNext sends the same delivery many times at once, and only the next one", async () => {
  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  webhooks.duplicateNext(20);
  const repeated = sendOrder();
  const single = sendOrder();
  await webhooks.idle();
  const ids = app.received.map((delivery) => delivery.headers["x-shopify-webhook-id"]);
  expect(ids.filter((id) => id === repeated)).toHaveLength(20);
  expect(ids.filter((id) => id === single)).toHaveLength(1);
});

test("a dropped delivery never arrives until it is redelivered by hand", async () => {
  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  webhooks.dropNext();
  const webhookId = sendOrder();
  await webhooks.idle();
  expect(app.received).toEqual([]);
  expect(webhooks.attempts).toMatchObject([{ status: "dropped", webhookId }]);
  expect(await webhooks.redeliver(webhookId)).toBe(200);
  expect(app.received).toHaveLength(1);
});

test("failNext fails before the app sees it, then the retry arrives", async () => {
  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  webhooks.failNext(2);
  sendOrder();
  await webhooks.idle();
  expect(webhooks.attempts.map((attempt) => attempt.status)).toEqual([
    "failed-on-command",
    "failed-on-command",
    200,
  ]);
  expect(app.received).toHaveLength(1);
});

test("while reordered, deliveries arrive last first", async () => {
  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  webhooks.reorder(true);
  const sent = [sendOrder(), sendOrder(), sendOrder()];
  expect(app.received).toEqual([]);
  webhooks.reorder(false);
  await webhooks.idle();
  const arrived = app.received.map((delivery) => delivery.headers["x-shopify-webhook-id"]);
  expect(arrived).toEqual(sent.toReversed());
});

test("a delayed delivery is overtaken by the next", async () => {
  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url);
  webhooks.delayNext(200);
  const late = sendOrder();
  const early = sendOrder();
  await webhooks.idle();
  const arrived = app.received.map((delivery) => delivery.headers["x-shopify-webhook-id"]);
  expect(arrived).toEqual([early, late]);
});

test("a topic without subscription and a shop without installation send nothing", async () => {
  await using app = await appForTests();
  const { shop, webhooks } = orderWebhooks(app.url);
  expect(webhooks.send(shop, "refunds/create", { id: "1" })).toBeNull();
  shop.installation = null;
  expect(webhooks.send(shop, "orders/create", { id: "1" })).toBeNull();
  await webhooks.idle();
  expect(app.received).toEqual([]);
});

test("without level 2 of protected customer data, no name, address, phone or e-mail is sent", async () => {
  await using app = await appForTests();
  const { state, shop, webhooks } = orderWebhooks(app.url, { protectedCustomerData: 1 });
  const lines = [{ variantId: variantId(shop, "KETTLE"), quantity: 1 }];
  const order = placeOrder(state, shop, { lines, customer: { email: "ann.lee@example.com" } });
  webhooks.send(shop, "orders/create", order.payload);
  await webhooks.idle();

  const body = app.received[0]?.rawBody.toString() ?? "";
  for (const secret of ["ann.lee", "Ann", "Lee", "123 Amoebo", "Ottawa", "K2P0V6", "555-625"]) {
    expect(body).not.toContain(secret);
  }
  expect(JSON.parse(body)).toMatchObject({
    customer: { currency: "USD", default_address: { country_code: "CA", default: true } },
    shipping_address: { country: "Canada", province_code: "ON" },
    browser_ip: "203.0.113.24",
  });
});

test("subscriptions are read from shopify.app.toml with their names and fields", async () => {
  const subscriptions = subscriptionsInToml(`
    [webhooks]
    api_version = "2026-07"
    [[webhooks.subscriptions]]
    name = "orders"
    topics = ["orders/create", "orders/updated"]
    uri = "/webhooks/orders"
    include_fields = ["id", "updated_at"]
    [[webhooks.subscriptions]]
    compliance_topics = ["shop/redact"]
    uri = "/webhooks/compliance"
  `);
  expect(Object.keys(subscriptions)).toEqual(["orders/create", "orders/updated", "shop/redact"]);

  await using app = await appForTests();
  const { webhooks, sendOrder } = orderWebhooks(app.url, { subscriptions });
  sendOrder();
  await webhooks.idle();
  const body: unknown = JSON.parse(app.received[0]?.rawBody.toString() ?? "");
  expect(Object.keys(body as object)).toEqual(["id", "updated_at"]);
});
