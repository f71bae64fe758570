import { expect, test } from "vitest";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";

const HEADERS = {
  "x-shopify-topic": "orders/create",
  "x-shopify-shop-domain": "tea-house.myshopify.com",
  "x-shopify-webhook-id": "w-1",
  "x-shopify-event-id": "e-1",
  "x-shopify-triggered-at": "2026-11-23T10:00:00.123Z",
};

function read(body: string, changes: Record<string, string | undefined> = {}) {
  const given = Object.entries({ ...HEADERS, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return readWebhook(new Headers(given), new TextEncoder().encode(body));
}

test("the headers name the shop, the topic, the ids and the time", () => {
  expect(read("{}", { "x-shopify-topic": "app/uninstalled" })).toEqual({
    shop: "tea-house.myshopify.com",
    topic: "app/uninstalled",
    webhookId: "w-1",
    eventId: "e-1",
    triggeredAt: new Date("2026-11-23T10:00:00.123Z"),
    content: { kind: "notice" },
  });
});

test.each([
  undefined,
  "",
  "tea-house.example.com",
  "evil.com/tea.myshopify.com",
  "-x.myshopify.com",
])("a delivery for the shop %s is none", (shop) => {
  expect(read("{}", { "x-shopify-shop-domain": shop })).toBeNull();
});

test("a delivery without a topic is none", () => {
  expect(read("{}", { "x-shopify-topic": undefined })).toBeNull();
});

test("without a webhook id the same bytes are the same delivery, and others are not", () => {
  const idOf = (body: string) => read(body, { "x-shopify-webhook-id": undefined })?.webhookId;
  expect(idOf('{"id":1}')).toBe(idOf('{"id":1}'));
  expect(idOf('{"id":1}')).not.toBe(idOf('{"id":2}'));
});

test("a time that can't be read is no reason to lose the delivery", () => {
  expect(read("{}", { "x-shopify-triggered-at": "soon" })?.triggeredAt).toBeNull();
  expect(read("{}", { "x-shopify-triggered-at": undefined })?.triggeredAt).toBeNull();
});

test("a body that is no JSON is a delivery with a problem, which quotes none of it", () => {
  for (const body of ["", "{", "<html>kim@example.com</html>"]) {
    expect(read(body)?.content).toEqual({
      kind: "unusable",
      orderId: null,
      problem: "Shopify's delivery can't be read: its body is no JSON.",
    });
  }
});

test("a redaction gives order ids to their last digit, and nothing else", () => {
  const body =
    '{"customer":{"email":"kim@example.com"},"orders_to_redact":[9007199254742001,"42","x"]}';
  expect(read(body, { "x-shopify-topic": "customers/redact" })?.content).toEqual({
    kind: "redact-orders",
    orderIds: ["9007199254742001", "42"],
  });
});

test("a redaction of no orders redacts none", () => {
  const content = read('{"orders_to_redact":[]}', {
    "x-shopify-topic": "customers/redact",
  })?.content;
  expect(content).toEqual({ kind: "redact-orders", orderIds: [] });
});

test.each(["{}", "[]", '{"orders_to_redact":"all"}', "no JSON"])(
  "a redaction that can't be read (%s) is a failed delivery, not one of no orders",
  (body) => {
    expect(read(body, { "x-shopify-topic": "customers/redact" })?.content).toMatchObject({
      kind: "unusable",
    });
  },
);

test("a notice is one whatever its body holds", () => {
  expect(read("", { "x-shopify-topic": "app/uninstalled" })?.content).toEqual({ kind: "notice" });
});

const topic = (name: string) => ({ "x-shopify-topic": name });

test("an edit tells of its order only the id, to the last digit, so the order is asked for", () => {
  const body = '{"order_edit":{"id":78,"order_id":9007199254742001,"line_items":{"additions":[]}}}';
  expect(read(body, topic("orders/edited"))?.content).toEqual({
    kind: "order-changed",
    orderId: "9007199254742001",
  });
});

test("a deletion names the order that is no more", () => {
  expect(read('{"id":9007199254742001}', topic("orders/delete"))?.content).toEqual({
    kind: "order-deleted",
    orderId: "9007199254742001",
  });
});

test.each([
  ["orders/edited", '{"order_edit":{}}', "Shopify's edit names no order."],
  ["orders/edited", "[]", "Shopify's edit names no order."],
  ["orders/delete", '{"id":"x"}', "Shopify's deletion names no order."],
])("%s with the body %s is a delivery with a problem", (name, body, problem) => {
  expect(read(body, topic(name))?.content).toEqual({ kind: "unusable", orderId: null, problem });
});

test("a change of scopes is read for what is allowed now", () => {
  const headers = { "x-shopify-topic": "app/scopes_update" };
  const body = `{"id":1,"previous":["read_orders"],"current":["read_orders","read_all_orders"]}`;
  const scopes = ["read_orders", "read_all_orders"];
  expect(read(body, headers)?.content).toEqual({ kind: "scopes-changed", scopes });
});

test.each(["app/scopes_update", "shop/update", "shop/redact", "app/uninstalled"])(
  "%s is a notice: its topic says everything",
  (name) => {
    expect(read("no JSON", topic(name))?.content).toEqual({ kind: "notice" });
  },
);

test.each(["orders/create", "orders/updated", "orders/cancelled", "orders/paid"])(
  "%s tells the whole order",
  (name) => {
    const body = JSON.stringify({
      id: 42,
      currency: "USD",
      created_at: "2026-11-23T10:00:00Z",
      updated_at: "2026-11-23T10:00:00Z",
      line_items: [],
    });
    expect(read(body, topic(name))?.content).toMatchObject({
      kind: "order",
      facts: { orderId: "42" },
    });
  },
);

test("a refund comes by itself and names its order", () => {
  const body =
    '{"id":9007199254742009,"order_id":9007199254742001,"created_at":"2026-11-23T10:00:00Z"}';
  expect(read(body, topic("refunds/create"))?.content).toMatchObject({
    kind: "refund",
    orderId: "9007199254742001",
    refund: { refundId: "9007199254742009", lines: [], adjustmentMinor: 0 },
  });
});
