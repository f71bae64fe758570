import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import type { TestAdmin, TestAdminOptions } from "#test/sandbox/shopify/admin/test-admin.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

function storeOrder({ state, shop }: TestAdmin, updatedAt: string, changes: object = {}) {
  const id = takeId(state);
  const order: StoredOrder = {
    id,
    name: `#${1_001 + shop.orders.length}`,
    createdAt: new Date(updatedAt),
    updatedAt: new Date(updatedAt),
    customerOrderIndex: 0,
    payload: {
      id,
      currency: "USD",
      test: false,
      source_name: "web",
      financial_status: "partially_refunded",
      cancelled_at: null,
      processed_at: updatedAt,
      discount_codes: [
        { code: "ANNA10", amount: "9.90", type: "percentage" },
        { code: "FREESHIP", amount: "5.00", type: "shipping" },
      ],
      note_attributes: [{ name: "irclickid", value: "click-1" }],
      line_items: [
        { id: takeId(state), sku: "PACK-1", quantity: 2, product_id: shop.products[0]?.id },
        { id: takeId(state), sku: null, quantity: 1, product_id: null },
      ],
      ...changes,
    },
  };
  shop.orders.push(order);
  return order;
}

async function adminWithOrders(times: string[], options: TestAdminOptions = {}) {
  const admin = await testAdmin(options);
  return { admin, orders: times.map((time) => storeOrder(admin, time)) };
}

interface Names {
  orders: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function names(admin: TestAdmin, args: string, variables: object = {}) {
  const { data, errors } = await admin.graphql<Names>(
    `query Names($after: String) { orders(${args}, after: $after) {
      nodes { name } pageInfo { hasNextPage endCursor } } }`,
    variables,
  );
  if (errors) throw new Error(errors[0]?.message);
  return { names: data.orders.nodes.map(({ name }) => name), ...data.orders.pageInfo };
}

test("an order is read from its webhook payload", async () => {
  const { admin, orders } = await adminWithOrders(["2026-11-20T10:00:00Z"]);
  const [stored] = orders;
  const { data } = await admin.graphql(
    `query Order($id: ID!) { order(id: $id) {
      id legacyResourceId name createdAt updatedAt cancelledAt test sourceName currencyCode
      discountCodes displayFinancialStatus customAttributes { key value }
      customerJourneySummary { ready customerOrderIndex }
      lineItems(first: 5) { nodes { id sku quantity product { id productType } } }
    } }`,
    { id: `gid://shopify/Order/${stored?.id}` },
  );
  expect(data).toEqual({
    order: {
      id: `gid://shopify/Order/${stored?.id}`,
      legacyResourceId: stored?.id,
      name: "#1001",
      createdAt: "2026-11-20T10:00:00Z",
      updatedAt: "2026-11-20T10:00:00Z",
      cancelledAt: null,
      test: false,
      sourceName: "web",
      currencyCode: "USD",
      discountCodes: ["ANNA10", "FREESHIP"],
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      customAttributes: [{ key: "irclickid", value: "click-1" }],
      customerJourneySummary: { ready: true, customerOrderIndex: 0 },
      lineItems: {
        nodes: [
          {
            id: expect.stringMatching(/^gid:\/\/shopify\/LineItem\/\d+$/),
            sku: "PACK-1",
            quantity: 2,
            product: {
              id: `gid://shopify/Product/${admin.shop.products[0]?.id}`,
              productType: "Bags",
            },
          },
          { id: expect.any(String), sku: null, quantity: 1, product: null },
        ],
      },
    },
  });
});

test("the product of a line is denied without read_products", async () => {
  const { admin } = await adminWithOrders(["2026-11-20T10:00:00Z"], { scopes: ["read_orders"] });
  const { errors } = await admin.graphql(
    "{ orders(first: 1) { nodes { lineItems(first: 1) { nodes { product { id } } } } } }",
  );
  expect(errors?.[0]?.message).toBe(
    "Access denied for product field. Required access: `read_products` access scope.",
  );
});

test("orders are found by when they were updated", async () => {
  const { admin } = await adminWithOrders([
    "2026-11-20T10:00:00Z",
    "2026-11-21T10:00:00Z",
    "2026-11-22T10:00:00Z",
  ]);
  const query = "updated_at:>='2026-11-21T10:00:00Z' AND updated_at:<2026-11-22T10:00:00Z";
  expect((await names(admin, `first: 9, query: "${query}"`)).names).toEqual(["#1002"]);
});

test("orders are found by id, by creation and by their first code", async () => {
  const { admin, orders } = await adminWithOrders(["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"]);
  expect((await names(admin, `first: 9, query: "id:${orders[1]?.id}"`)).names).toEqual(["#1002"]);
  const early = 'first: 9, query: "created_at:<=2026-11-20T10:00:00Z"';
  expect((await names(admin, early)).names).toEqual(["#1001"]);
  expect((await names(admin, 'first: 9, query: "discount_code:anna10"')).names).toHaveLength(2);
  expect((await names(admin, 'first: 9, query: "discount_code:freeship"')).names).toEqual([]);
});

test("pages go on where the last one ended, even when orders changed meanwhile", async () => {
  const { admin, orders } = await adminWithOrders([
    "2026-11-20T10:00:00Z",
    "2026-11-21T10:00:00Z",
    "2026-11-22T10:00:00Z",
  ]);
  const page = "first: 2, sortKey: UPDATED_AT";
  const first = await names(admin, page);
  expect(first).toMatchObject({ names: ["#1001", "#1002"], hasNextPage: true });
  const [, changed] = orders;
  if (changed) changed.updatedAt = new Date("2026-11-23T09:00:00Z");
  const second = await names(admin, page, { after: first.endCursor });
  expect(second).toMatchObject({ names: ["#1003", "#1002"], hasNextPage: false });
});

test("orders can be read backwards", async () => {
  const { admin } = await adminWithOrders(["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"]);
  const { names: found } = await names(admin, "first: 1, sortKey: CREATED_AT, reverse: true");
  expect(found).toEqual(["#1002"]);
});

test("a cursor of another list is refused", async () => {
  const { admin } = await adminWithOrders(["2026-11-20T10:00:00Z"]);
  await expect(names(admin, "first: 1", { after: "bm9uc2Vuc2U=" })).rejects.toThrow(
    "Invalid cursor for current pagination sort.",
  );
});

test("a search filter that the stand-in does not know is refused by name", async () => {
  const { admin } = await adminWithOrders([]);
  await expect(names(admin, 'first: 1, query: "colour:red"')).rejects.toThrow(
    'no search filter "colour"',
  );
  await expect(names(admin, 'first: 1, query: "updated_at:>=yesterdayish"')).rejects.toThrow(
    "Invalid timestamp for query filter `updated_at`.",
  );
});

test("orders older than 60 days need read_all_orders", async () => {
  const old = ["2026-08-01T10:00:00Z", "2026-11-20T10:00:00Z"];
  const { admin } = await adminWithOrders(old);
  expect((await names(admin, "first: 9")).names).toEqual(["#1002"]);
  const scopes = ["read_orders", "read_all_orders"];
  const { admin: privileged } = await adminWithOrders(old, { scopes });
  expect((await names(privileged, "first: 9")).names).toEqual(["#1001", "#1002"]);
});

test("orders are counted up to a limit", async () => {
  const { admin } = await adminWithOrders(["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"]);
  const { data } = await admin.graphql(
    '{ all: ordersCount { count precision } some: ordersCount(limit: 1) { count precision } found: ordersCount(query: "name:1002") { count } }',
  );
  expect(data).toEqual({
    all: { count: 2, precision: "EXACT" },
    some: { count: 1, precision: "AT_LEAST" },
    found: { count: 1 },
  });
});
