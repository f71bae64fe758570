import { expect, test } from "vitest";
import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import type { Discount, StoredOrder } from "#test/sandbox/shopify/state.ts";
import {
  ADJUSTED,
  ANNA,
  ignored,
  matrixShop,
  REPORTED,
  UNREPORTED,
  type MatrixShop,
} from "./matrix-shop.ts";

const COMBINES = { combinesWith: { order: true, product: true, shipping: true } };

function addShopCode({ world }: MatrixShop, code: string, value: Discount["value"]): void {
  addDiscount(world.shopifyState, world.shop, [code], { value, ...COMBINES });
}

/** As the merchant can set it in Shopify's admin: the app's own discounts join order discounts alone. */
function letCombine({ world }: MatrixShop, code: string): void {
  const { discountId } = world.shop.codes.get(code) ?? { discountId: "" };
  Object.assign(world.shop.discounts.get(discountId) ?? {}, COMBINES);
}

test("multi-currency: what was paid in another currency is reported in the shop's own", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ presentmentCurrency: "JPY", exchangeRate: 150 });
  expect(order.payload).toMatchObject({ currency: "USD", presentment_currency: "JPY" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210, currency: "USD" });
  expect(await shop.ledger(order)).toEqual(REPORTED);

  const lineItemId = (order.payload["line_items"] as { id: string }[])[1]?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: 1_800, currency: "USD" });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

/** A modification names no currency; the account's is the dollar. */
const READINGS = ["order's currency", "account's currency"] as const;

function readIn(changedAmounts: (typeof READINGS)[number], { world }: MatrixShop): void {
  world.impactState.rules.changedAmounts = changedAmounts;
  Object.assign(world.account.exchangeRates, { JPY: "0.0067", KWD: "3.25" });
}

const held = ({ world }: MatrixShop, { id }: StoredOrder) => heldAt(world.impactState, id);

test.each(READINGS)(
  "zero-decimal currency: yen are reported and refunded as whole yen, changes read in the %s",
  async (reading) => {
    const shop = await matrixShop({ currency: "JPY", ianaTimezone: "Asia/Tokyo" });
    readIn(reading, shop);
    const order = await shop.sell();
    expect(order.payload).toMatchObject({ total_price: "6210" });
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210, currency: "JPY" });
    expect(await shop.ledger(order)).toEqual(REPORTED);
    await shop.happens(shop.staff.refund(order, { amountMinor: 1 }));
    expect(held(shop, order)).toMatchObject({ amountMinor: 6_209 });
    expect(await shop.ledger(order)).toEqual(ADJUSTED);
  },
);

test.each(READINGS)(
  "three-decimal currency: dinars keep their thousandths, and so does a refund, changes read in the %s",
  async (reading) => {
    const shop = await matrixShop({ currency: "KWD", ianaTimezone: "Asia/Kuwait" });
    readIn(reading, shop);
    const order = await shop.sell();
    expect(order.payload).toMatchObject({ total_price: "6.210" });
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210, currency: "KWD" });
    expect(await shop.ledger(order)).toEqual(REPORTED);
    await shop.happens(shop.staff.refund(order, { amountMinor: 1 }));
    expect(held(shop, order)).toMatchObject({ amountMinor: 6_209 });
    expect(await shop.ledger(order)).toEqual(ADJUSTED);
  },
);

test("tax included: the tax inside the prices is no part of what is earned", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ taxRate: 0.2, taxesIncluded: true });
  expect(order.payload).toMatchObject({ total_price: "62.10", total_tax: "10.35" });
  expect(shop.paid(order)).toMatchObject({
    ...ANNA,
    amountMinor: 5_175,
    items: [
      { sku: "MUG", amountMinor: 1_500 },
      { sku: "KETTLE", amountMinor: 3_675 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(REPORTED);
  const lineItemId = (order.payload["line_items"] as { id: string }[])[0]?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: 3_675 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("tax excluded: the tax on top of the prices is no part of what is earned", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ taxRate: 0.2 });
  expect(order.payload).toMatchObject({ total_price: "74.52", total_tax: "12.42" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);

  const lineItemId = (order.payload["line_items"] as { id: string }[])[0]?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({
    amountMinor: 4_410,
    items: [
      { sku: "MUG", amountMinor: 0 },
      { sku: "KETTLE", amountMinor: 4_410 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("shipping code, order code and product code: the partner earns what is left of the goods", async () => {
  const shop = await matrixShop();
  addShopCode(shop, "SHIPFREE", { kind: "free-shipping" });
  letCombine(shop, "ANNA10");
  addShopCode(shop, "DOLLAR", { kind: "amount", minor: 100, onEachItem: true });
  const order = await shop.sell({
    codes: ["SHIPFREE", "ANNA10", "DOLLAR"],
    shipping: { title: "Standard", minor: 500 },
  });
  expect(order.payload).toMatchObject({ subtotal_price: "60.30", total_price: "60.30" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_030 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("shipping code alone: a code on shipping that belongs to no partner earns nobody anything", async () => {
  const shop = await matrixShop();
  addShopCode(shop, "SHIPFREE", { kind: "free-shipping" });
  const shipping = { title: "Standard", minor: 500 };
  const order = await shop.sell({ codes: ["SHIPFREE"], shipping });
  expect(shop.paid(order)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(order)).toEqual(ignored("not-a-partner-code"));
});

test("automatic discount beside a code: both lower what is earned, and only the code earns", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ automaticDiscount: { title: "BEN10", minor: 1_000 } });
  expect(order.payload).toMatchObject({ subtotal_price: "52.10" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 5_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("free order: it is reported with nothing to pay, and so is on record", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ automaticDiscount: { title: "All of it", minor: 6_210 } });
  expect(order.payload).toMatchObject({ total_price: "0.00", financial_status: "paid" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 0, payoutMinor: 0 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});
