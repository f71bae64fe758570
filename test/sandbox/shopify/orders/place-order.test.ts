import { expect, test } from "vitest";
import {
  addDiscount,
  shopForTests,
  variantId,
} from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { ORDER_CREATE_KEYS } from "./order-create-keys.ts";
import { orderJson } from "./order-json.ts";
import type { OrderRequest } from "./place-order.ts";
import { placeOrder } from "./place-order.ts";
import { shopTime } from "./shop-time.ts";

function mugs(shop: Shop, overrides: Partial<OrderRequest> = {}): OrderRequest {
  return { lines: [{ variantId: variantId(shop, "MUG-RED"), quantity: 3 }], ...overrides };
}

test("a coded order carries its code, application and allocations", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NINA10"]);
  const { payload } = placeOrder(state, shop, mugs(shop, { codes: ["nina10"] }));
  expect(payload).toMatchObject({
    currency: "USD",
    total_line_items_price: "59.85",
    total_discounts: "5.99",
    subtotal_price: "53.86",
    total_price: "53.86",
    discount_codes: [{ code: "nina10", amount: "5.99", type: "percentage" }],
    discount_applications: [
      { type: "discount_code", code: "nina10", value: "10.0", value_type: "percentage" },
    ],
    line_items: [
      {
        sku: "MUG-RED",
        name: "Mug - Red",
        price: "19.95",
        quantity: 3,
        discount_allocations: [{ amount: "5.99", discount_application_index: 0 }],
      },
    ],
  });
});

test("a code for some products says so in its application, and stands on their lines alone", () => {
  const { state, shop } = shopForTests();
  const ids = [shop.products[0]?.id ?? ""];
  addDiscount(state, shop, ["MUG5"], {
    items: { kind: "products", ids },
    value: { kind: "amount", minor: 500, onEachItem: true },
  });
  const kettle = { variantId: variantId(shop, "KETTLE"), quantity: 1 };
  const { lines } = mugs(shop);
  const order = mugs(shop, { lines: [...lines, kettle], codes: ["MUG5"] });
  expect(placeOrder(state, shop, order).payload).toMatchObject({
    discount_applications: [
      { target_type: "line_item", target_selection: "entitled", allocation_method: "each" },
    ],
    line_items: [
      { discount_allocations: [{ amount: "15.00", discount_application_index: 0 }] },
      { discount_allocations: [] },
    ],
  });
});

test("paying counts a use of the code for its customer", () => {
  const { state, shop } = shopForTests();
  const [code] = addDiscount(state, shop, ["NINA10"], { oncePerCustomer: true });
  const request = mugs(shop, { codes: ["NINA10"], customer: { email: "ann@example.com" } });
  placeOrder(state, shop, request);
  expect(code).toMatchObject({ timesUsed: 1, usedBy: ["ann@example.com"] });
  expect(() => placeOrder(state, shop, request)).toThrow("You've already used the NINA10");
  expect(shop.orders).toHaveLength(1);
});

test("a refused code throws unless the customer is said to pay without it", () => {
  const { state, shop } = shopForTests();
  expect(() => placeOrder(state, shop, mugs(shop, { codes: ["NOPE"] }))).toThrow(
    "Discount code NOPE isn't valid",
  );
  const request = mugs(shop, { codes: ["NOPE"], whenCodeRefused: "pay-without" });
  expect(placeOrder(state, shop, request).payload).toMatchObject({ discount_codes: [] });
});

test("ids beyond 2^53 are bare integers on the wire, digit for digit", () => {
  const { state, shop } = shopForTests();
  const order = placeOrder(state, shop, mugs(shop, { customer: { email: "ann@example.com" } }));
  expect(BigInt(order.id)).toBeGreaterThan(2n ** 53n);
  const json = orderJson(order.payload);
  expect(json).toContain(`"id":${order.id},`);
  expect(json).toContain(`"admin_graphql_api_id":"gid://shopify/Order/${order.id}"`);
  expect(json).toContain(`"variant_id":${variantId(shop, "MUG-RED")},`);
  expect(json).toContain(`"product_id":${shop.products[0]?.id},`);
  expect(JSON.parse(json)).toMatchObject({ app_id: 580111, name: "#1001" });
});

test("the serializer leaves other digit strings and undefined members alone", () => {
  const json = orderJson({ id: "9007199254741993", sku: "42", token: "7", note: undefined });
  expect(json).toBe('{"id":9007199254741993,"sku":"42","token":"7"}');
});

test("a zero-decimal currency has no decimals anywhere", () => {
  const { state, shop } = shopForTests({ currency: "JPY", ianaTimezone: "Asia/Tokyo" });
  addDiscount(state, shop, ["NINA10"]);
  const { payload } = placeOrder(state, shop, mugs(shop, { codes: ["NINA10"] }));
  expect(payload).toMatchObject({
    total_price: "5386",
    total_discounts: "599",
    total_price_set: { shop_money: { amount: "5386", currency_code: "JPY" } },
    created_at: "2026-11-22T21:00:00+09:00",
  });
  expect(orderJson(payload)).not.toMatch(/"amount":"\d+\.\d+"/);
});

test("a presentment currency is converted with its own digits", () => {
  const { state, shop } = shopForTests();
  const request = mugs(shop, { presentmentCurrency: "JPY", exchangeRate: 150 });
  expect(placeOrder(state, shop, request).payload).toMatchObject({
    currency: "USD",
    presentment_currency: "JPY",
    total_price: "59.85",
    total_price_set: {
      shop_money: { amount: "59.85", currency_code: "USD" },
      presentment_money: { amount: "8978", currency_code: "JPY" },
    },
  });
});

test("a click id in the landing URL stands in landing_site and in the cart attributes", () => {
  const { state, shop } = shopForTests();
  const landingUrl = "https://tea-house.example/products/mug?im_ref=Click-%2B1&utm_source=impact";
  const { payload } = placeOrder(state, shop, mugs(shop, { landingUrl }));
  expect(payload).toMatchObject({
    landing_site: "/products/mug?im_ref=Click-%2B1&utm_source=impact",
    note_attributes: [{ name: "im_ref", value: "Click-+1" }],
  });
});

test("a staff-typed draft discount is no code: it stands as a manual application without one", () => {
  const { state, shop } = shopForTests();
  const draftTitleDiscount = { title: "NINA10", minor: 500 };
  const { payload } = placeOrder(state, shop, mugs(shop, { draftTitleDiscount }));
  expect(payload).toMatchObject({
    source_name: "shopify_draft_order",
    landing_site: null,
    discount_codes: [{ code: "NINA10", amount: "5.00", type: "fixed_amount" }],
    discount_applications: [{ type: "manual", title: "NINA10", value: "5.0" }],
    total_price: "54.85",
  });
  expect(orderJson(payload["discount_applications"])).not.toContain('"code"');
});

test("tax is added to the total, or contained in it where prices include it", () => {
  const { state, shop } = shopForTests();
  expect(placeOrder(state, shop, mugs(shop, { taxRate: 0.2 })).payload).toMatchObject({
    subtotal_price: "59.85",
    total_tax: "11.97",
    total_price: "71.82",
    tax_lines: [{ rate: 0.2, price: "11.97" }],
  });
  const included = mugs(shop, { taxRate: 0.2, taxesIncluded: true });
  expect(placeOrder(state, shop, included).payload).toMatchObject({
    total_tax: "9.98",
    total_price: "59.85",
    taxes_included: true,
  });
});

test("a customer is known again by e-mail, and their orders are counted", () => {
  const { state, shop } = shopForTests();
  const order = (email: string, returning = false) =>
    placeOrder(state, shop, mugs(shop, { customer: { email, returning } }));
  const first = order("ann@example.com");
  const second = order("Ann@Example.com");
  expect([first.customerOrderIndex, second.customerOrderIndex]).toEqual([0, 1]);
  expect(customerIdOf(second)).toBe(customerIdOf(first));
  expect(order("old@example.com", true).customerOrderIndex).toBe(1);
  expect(placeOrder(state, shop, mugs(shop)).customerOrderIndex).toBeNull();
});

test("the payload has the keys of Shopify's own 2026-07 order", () => {
  const { state, shop } = shopForTests();
  const request = mugs(shop, { customer: { email: "ann@example.com" }, taxRate: 0.1 });
  const { payload } = placeOrder(state, shop, request);
  const missing = ORDER_CREATE_KEYS.filter((key) => !(key in payload));
  const invented = Object.keys(payload).filter((key) => !ORDER_CREATE_KEYS.includes(key));
  expect({ missing, invented }).toEqual({ missing: [], invented: [] });
});

test("an order's time carries the shop's offset, half hours and summer time included", () => {
  const instant = new Date("2026-07-02T16:31:38Z");
  expect(shopTime(instant, "America/Chicago")).toBe("2026-07-02T11:31:38-05:00");
  expect(shopTime(instant, "Asia/Kolkata")).toBe("2026-07-02T22:01:38+05:30");
  expect(shopTime(instant, "America/St_Johns")).toBe("2026-07-02T14:01:38-02:30");
  expect(shopTime(instant, "UTC")).toBe("2026-07-02T16:31:38+00:00");
});

function customerIdOf(order: { payload: Record<string, unknown> }): unknown {
  return (order.payload["customer"] as { id: string }).id;
}
