import fc from "fast-check";
import { expect, test } from "vitest";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { allocate } from "./allocate.ts";
import { currencyAmount } from "./currency-amount.ts";
import { fractionOf } from "./fraction-of.ts";
import type { Cart } from "./price-checkout.ts";
import { priceCheckout } from "./price-checkout.ts";
import { addCollection, addSegment } from "#test/sandbox/shopify/create-state.ts";
import { addDiscount, shopForTests, TEST_NOW, variantId } from "./shop-for-tests.ts";

function priceWith(shop: Shop, codes: string[], overrides: Partial<Cart> = {}) {
  return priceCheckout(shop, {
    lines: [
      { variantId: variantId(shop, "MUG-RED"), quantity: 2 },
      { variantId: variantId(shop, "KETTLE"), quantity: 1 },
    ],
    codes,
    customer: { email: "ann@example.com" },
    now: TEST_NOW,
    ...overrides,
  });
}

test("a percentage code takes its share of the subtotal, allocated over the lines", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NINA10"]);
  const price = priceWith(shop, ["NINA10"]);
  expect(price.discountTotal).toBe(889);
  expect(price.lines.map((line) => line.allocations)).toEqual([
    [{ application: 0, minor: 399 }],
    [{ application: 0, minor: 490 }],
  ]);
  expect(price.subtotal).toBe(8890 - 889);
});

test("a code is accepted whatever its case", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["Nina10"]);
  expect(priceWith(shop, [" nINA10 "]).applied).toMatchObject([{ typed: "nINA10", minor: 889 }]);
});

test("an amount never exceeds what the order costs", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["HUGE"], {
    value: { kind: "amount", minor: 99_999, onEachItem: false },
  });
  expect(priceWith(shop, ["HUGE"])).toMatchObject({ discountTotal: 8890, subtotal: 0 });
});

test("an amount off each item counts every item", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["EACH"], { value: { kind: "amount", minor: 500, onEachItem: true } });
  expect(priceWith(shop, ["EACH"]).lines.map((line) => line.allocations)).toEqual([
    [{ application: 0, minor: 1000 }],
    [{ application: 0, minor: 500 }],
  ]);
});

test("two combinable percentages are taken from the same subtotal", () => {
  const { state, shop } = shopForTests();
  const combinesWith = { order: true, product: false, shipping: false };
  addDiscount(state, shop, ["NINA10"], { combinesWith });
  addDiscount(state, shop, ["OMAR10"], { combinesWith });
  const price = priceWith(shop, ["NINA10", "OMAR10"]);
  expect(price.applied.map((code) => code.minor)).toEqual([889, 889]);
});

test.each([
  ["an unknown code", [], "NOPE", {}, "unknown", "Discount code NOPE isn't valid"],
  [
    "a code that has not started",
    ["A"],
    "A",
    { startsAt: after(1) },
    "not-started",
    "isn't available yet",
  ],
  ["an expired code", ["A"], "A", { endsAt: after(-1) }, "expired", "has expired"],
  [
    "a code below its minimum spend",
    ["A"],
    "A",
    { minimum: { kind: "subtotal", minor: 10_000 } as const },
    "minimum-not-met",
    "spend at least 100.00 USD",
  ],
  [
    "a code below its minimum quantity",
    ["A"],
    "A",
    { minimum: { kind: "quantity", quantity: 4 } as const },
    "minimum-not-met",
    "add at least 4 items",
  ],
])("%s is refused", (_case, codes, typed, overrides, because, sentence) => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, codes, overrides);
  const price = priceWith(shop, [typed]);
  expect(price.applied).toEqual([]);
  expect(price.refused).toEqual([{ typed, because, message: expect.stringContaining(sentence) }]);
  expect(price.discountTotal).toBe(0);
});

test("the usage limit counts for each redeem code by itself", () => {
  const { state, shop } = shopForTests();
  const [used] = addDiscount(state, shop, ["NINA10", "OMAR10"], { usageLimit: 1 });
  if (used) used.timesUsed = 1;
  expect(priceWith(shop, ["NINA10"]).refused).toMatchObject([{ because: "used-up" }]);
  expect(priceWith(shop, ["OMAR10"]).applied).toHaveLength(1);
});

test("once per customer knows the customer again by e-mail in any case", () => {
  const { state, shop } = shopForTests();
  const [used] = addDiscount(state, shop, ["NINA10"], { oncePerCustomer: true });
  used?.usedBy.push("Ann@Example.com");
  expect(priceWith(shop, ["NINA10"]).refused).toMatchObject([{ because: "already-used" }]);
  const another = { customer: { email: "bo@example.com" } };
  expect(priceWith(shop, ["NINA10"], another).applied).toHaveLength(1);
});

test("codes combine only when both discounts allow it", () => {
  const { state, shop } = shopForTests();
  const combinesWith = { order: true, product: false, shipping: false };
  addDiscount(state, shop, ["NINA10"], { combinesWith });
  addDiscount(state, shop, ["ALONE"]);
  const price = priceWith(shop, ["NINA10", "ALONE"]);
  expect(price.applied.map((code) => code.typed)).toEqual(["NINA10"]);
  expect(price.refused).toMatchObject([
    { because: "not-combinable", message: "ALONE couldn't be used with your existing discounts" },
  ]);
});

test("a sixth code and a repeated code are refused", () => {
  const { state, shop } = shopForTests();
  const codes = ["A1", "A2", "A3", "A4", "A5", "A6"];
  const combinesWith = { order: true, product: true, shipping: false };
  addDiscount(state, shop, codes, { combinesWith, value: { kind: "percentage", fraction: 0.01 } });
  expect(priceWith(shop, codes).refused).toMatchObject([{ typed: "A6", because: "too-many" }]);
  expect(priceWith(shop, ["A1", "a1"]).refused).toMatchObject([{ because: "entered-twice" }]);
});

test("a variant the shop does not sell, and a quantity below one, throw", () => {
  const { shop } = shopForTests();
  const lines = (variant: string, quantity: number) => ({
    lines: [{ variantId: variant, quantity }],
  });
  expect(() => priceWith(shop, [], lines("1", 1))).toThrow("sells no variant 1");
  expect(() => priceWith(shop, [], lines(variantId(shop, "KETTLE"), 0))).toThrow("quantity");
});

test("allocations sum to the total and no line gets more than it weighs", () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (lines, fraction) => {
      const whole = lines.reduce((sum, weight) => sum + weight, 0);
      const total = fractionOf(whole, fraction);
      const parts = allocate(total, lines);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      parts.forEach((part, index) => expect(part).toBeLessThanOrEqual(lines[index] ?? 0));
    }),
  );
});

test("10.00 over three equal lines is allocated as in Shopify's own sample order", () => {
  expect(allocate(1000, [19900, 19900, 19900])).toEqual([334, 333, 333]);
});

test("amounts carry the digits of their currency", () => {
  expect(currencyAmount(1995, "USD")).toBe("19.95");
  expect(currencyAmount(5, "USD")).toBe("0.05");
  expect(currencyAmount(-5, "USD")).toBe("-0.05");
  expect(currencyAmount(1995, "JPY")).toBe("1995");
  expect(currencyAmount(1995, "KWD")).toBe("1.995");
});

function after(minutes: number): Date {
  return new Date(TEST_NOW.getTime() + minutes * 60_000);
}

test("a discount on some products takes its share of those lines alone", () => {
  const { state, shop } = shopForTests();
  const [mug] = shop.products;
  const items = { kind: "products" as const, ids: [mug?.id ?? ""] };
  addDiscount(state, shop, ["NINA10"], { items });
  expect(priceWith(shop, ["NINA10"]).lines.map((line) => line.allocations)).toEqual([
    [{ application: 0, minor: 399 }],
    [],
  ]);
});

test("a discount on a collection counts its own items alone towards its minimum", () => {
  const { state, shop } = shopForTests();
  const mugs = addCollection(state, shop, { title: "Mugs", products: shop.products.slice(0, 1) });
  const items = { kind: "collections" as const, ids: [mugs.id] };
  addDiscount(state, shop, ["TWO"], { items, minimum: { kind: "quantity", quantity: 2 } });
  addDiscount(state, shop, ["THREE"], { items, minimum: { kind: "quantity", quantity: 3 } });
  expect(priceWith(shop, ["TWO"]).discountTotal).toBe(399);
  expect(priceWith(shop, ["THREE"]).refused).toMatchObject([{ because: "minimum-not-met" }]);
});

test("a code that is taken off nothing in the cart is refused", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["NONE"], { items: { kind: "products", ids: ["1"] } });
  addDiscount(state, shop, ["CLUB"], { purchases: { oneTime: false, subscription: true } });
  for (const code of ["NONE", "CLUB"]) {
    expect(priceWith(shop, [code]).refused).toMatchObject([{ because: "nothing-entitled" }]);
  }
});

test("a segment's code is for who is in it, and known by e-mail", () => {
  const { state, shop } = shopForTests();
  const vip = addSegment(state, shop, { name: "VIP", emails: ["Ann@Example.com"] });
  addDiscount(state, shop, ["VIP10"], { segments: [vip.id] });
  expect(priceWith(shop, ["VIP10"]).applied).toHaveLength(1);
  for (const customer of [{ email: "bob@example.com" }, null]) {
    const { refused } = priceWith(shop, ["VIP10"], { customer });
    expect(refused).toMatchObject([{ because: "not-eligible" }]);
  }
});

test("free shipping up to a price leaves dearer shipping as it is", () => {
  const { state, shop } = shopForTests();
  addDiscount(state, shop, ["SHIP"], { value: { kind: "free-shipping", mostMinor: 700 } });
  const off = (shippingMinor: number) => priceWith(shop, ["SHIP"], { shippingMinor }).discountTotal;
  expect([off(700), off(701)]).toEqual([700, 0]);
});
