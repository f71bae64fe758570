import { expect, test } from "vitest";
import {
  addDiscount,
  shopForTests,
  variantId,
} from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { addProduct } from "#test/sandbox/shopify/create-state.ts";
import { placeOrder } from "./place-order.ts";

const COMBINES = { combinesWith: { order: true, product: true, shipping: true } };

test("a shipping code, an order code and a product code each take off their own part", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["SHIPFREE"], { value: { kind: "free-shipping" }, ...COMBINES });
  addDiscount(state, shop, ["NINA10"], COMBINES);
  const value = { kind: "amount", minor: 100, onEachItem: true } as const;
  addDiscount(state, shop, ["MUGS1"], { value, ...COMBINES });
  const { payload } = placeOrder(state, shop, {
    lines: [{ variantId: variantId(shop, "MUG-RED"), quantity: 2 }],
    codes: ["SHIPFREE", "NINA10", "MUGS1"],
    shipping: { title: "Standard", minor: 500 },
  });
  expect(payload).toMatchObject({
    total_line_items_price: "39.90",
    subtotal_price: "34.11",
    total_discounts: "10.79",
    total_price: "34.11",
    total_shipping_price_set: { shop_money: { amount: "0.00" } },
    discount_codes: [
      { code: "SHIPFREE", amount: "5.00", type: "shipping" },
      { code: "NINA10", amount: "3.79", type: "percentage" },
      { code: "MUGS1", amount: "2.00", type: "fixed_amount" },
    ],
    discount_applications: [
      { target_type: "shipping_line", value: "100.0", code: "SHIPFREE" },
      { target_type: "line_item", allocation_method: "across", code: "NINA10" },
      { target_type: "line_item", allocation_method: "each", code: "MUGS1" },
    ],
    shipping_lines: [
      {
        price: "5.00",
        discounted_price: "0.00",
        discount_allocations: [{ amount: "5.00", discount_application_index: 0 }],
      },
    ],
    line_items: [
      {
        discount_allocations: [
          { amount: "2.00", discount_application_index: 2 },
          { amount: "3.79", discount_application_index: 1 },
        ],
      },
    ],
  });
});

test("a second shipping code is refused", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["SHIPA", "SHIPB"], { value: { kind: "free-shipping" }, ...COMBINES });
  const lines = [{ variantId: variantId(shop, "KETTLE"), quantity: 1 }];
  expect(() => placeOrder(state, shop, { lines, codes: ["SHIPA", "SHIPB"] })).toThrow();
});

test("an automatic discount stands beside the code, with a title and no code", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NINA10"]);
  const { payload } = placeOrder(state, shop, {
    lines: [{ variantId: variantId(shop, "KETTLE"), quantity: 1 }],
    codes: ["NINA10"],
    automaticDiscount: { title: "Winter sale", minor: 500 },
  });
  expect(payload).toMatchObject({
    subtotal_price: "39.10",
    discount_codes: [{ code: "NINA10", amount: "4.90" }],
    discount_applications: [
      { type: "discount_code", code: "NINA10" },
      { type: "automatic", title: "Winter sale", value: "5.0", value_type: "fixed_amount" },
    ],
  });
  expect(JSON.stringify(payload["discount_codes"])).not.toContain("Winter");
});

test("no code takes anything off a gift card, and it bears no tax", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NINA10"]);
  const card = addProduct(state, shop, {
    title: "Gift card",
    productType: "Gift Cards",
    giftCard: true,
    variants: [{ sku: null, price: 5_000 }],
  });
  const { payload } = placeOrder(state, shop, {
    lines: [
      { variantId: card.variants[0]?.id ?? "", quantity: 1 },
      { variantId: variantId(shop, "KETTLE"), quantity: 1 },
    ],
    codes: ["NINA10"],
    taxRate: 0.2,
    paidBy: ["gift_card", "bogus"],
  });
  expect(payload).toMatchObject({
    total_discounts: "4.90",
    total_tax: "8.82",
    payment_gateway_names: ["gift_card", "bogus"],
    line_items: [
      { gift_card: true, sku: null, discount_allocations: [], tax_lines: [] },
      { gift_card: false, sku: "KETTLE" },
    ],
  });
});

test("a renewal is placed by its contract, without a visit, and may carry the code again", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NINA10"]);
  const request = {
    lines: [{ variantId: variantId(shop, "KETTLE"), quantity: 1 }],
    customer: { email: "ann@example.com" },
    codes: ["NINA10"],
  };
  placeOrder(state, shop, request);
  const renewal = placeOrder(state, shop, { ...request, sourceName: "subscription_contract" });
  expect(renewal.customerOrderIndex).toBe(1);
  expect(renewal.payload).toMatchObject({
    source_name: "subscription_contract",
    checkout_token: null,
    discount_applications: [{ type: "discount_code", code: "NINA10" }],
  });
});

test("a code of 100 % makes an order that costs nothing and is paid", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["FREE"], { value: { kind: "percentage", fraction: 1 } });
  const lines = [{ variantId: variantId(shop, "KETTLE"), quantity: 2 }];
  const { payload } = placeOrder(state, shop, { lines, codes: ["FREE"] });
  expect(payload).toMatchObject({
    subtotal_price: "0.00",
    total_price: "0.00",
    financial_status: "paid",
    payment_gateway_names: [],
  });
});
