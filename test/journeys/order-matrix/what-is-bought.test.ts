import { expect, test } from "vitest";
import { addProduct } from "#test/sandbox/shopify/create-state.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { variantOf } from "#test/support/shopper.ts";
import {
  ADJUSTED,
  ANNA,
  ignored,
  matrixShop,
  REPORTED,
  UNREPORTED,
  type MatrixShop,
} from "./matrix-shop.ts";

/** Puts a product on sale and gives the ids of its variants. */
function sellAlso(
  { world }: MatrixShop,
  product: Omit<Parameters<typeof addProduct>[2], "productType">,
): string[] {
  const stocked = addProduct(world.shopifyState, world.shop, { productType: "", ...product });
  return stocked.variants.map(({ id }) => id);
}

function giftCard(shop: MatrixShop): string {
  const variants = [{ sku: "GIFT50", price: 5_000 }];
  const [card = ""] = sellAlso(shop, { title: "Gift card", giftCard: true, variants });
  return card;
}

test("gift card bought: it is money and no goods, so nobody earns it", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ lines: [{ variantId: giftCard(shop), quantity: 1 }] });
  expect(shop.paid(order)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(order)).toEqual(ignored("gift-cards-only"));
});

test("gift card beside goods: only the goods are earned", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({
    lines: [
      { variantId: giftCard(shop), quantity: 1 },
      { variantId: variantOf(shop.world.shop, "Mug"), quantity: 1 },
    ],
  });
  expect(order.payload).toMatchObject({ total_price: "68.00" });
  expect(shop.paid(order)).toMatchObject({
    ...ANNA,
    amountMinor: 1_800,
    items: [{ sku: "MUG", amountMinor: 1_800 }],
  });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("gift card used to pay: the order earns what it would earn paid in any other way", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ paidBy: ["gift_card", "bogus"] });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("tip beside goods: only the goods are earned, and nothing is lost with the tip's refund", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ tipMinor: 500 });
  expect(order.payload).toMatchObject({ total_price: "67.10", subtotal_price: "62.10" });
  expect(shop.paid(order)).toMatchObject({
    ...ANNA,
    amountMinor: 6_210,
    items: [
      { sku: "MUG", amountMinor: 1_800 },
      { sku: "KETTLE", amountMinor: 4_410 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(REPORTED);

  const lineItemId = (order.payload["line_items"] as { id: string }[])[2]?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("line items sharing a SKU: they are one item at impact.com, and a refund finds its part of it", async () => {
  const shop = await matrixShop();
  const variants = [
    { title: "Red", sku: "CUP", price: 1_000 },
    { title: "Blue", sku: "CUP", price: 1_500 },
  ];
  const [red = "", blue = ""] = sellAlso(shop, { title: "Cup", variants });
  const order = await shop.sell({
    lines: [
      { variantId: red, quantity: 2 },
      { variantId: blue, quantity: 1 },
    ],
  });
  expect(shop.paid(order)).toMatchObject({
    items: [{ sku: "CUP", quantity: 3, amountMinor: 3_150 }],
  });

  const lineItemId = (order.payload["line_items"] as { id: string }[])[1]?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({
    items: [{ sku: "CUP", quantity: 2, amountMinor: 1_800 }],
  });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("line items lacking a SKU: each is named by itself, and can be refunded alone", async () => {
  const shop = await matrixShop();
  const [other = ""] = sellAlso(shop, { title: "Ribbon", variants: [{ sku: "", price: 200 }] });
  const sample = variantOf(shop.world.shop, "Sample");
  const order = await shop.sell({
    lines: [
      { variantId: sample, quantity: 1 },
      { variantId: other, quantity: 1 },
    ],
  });
  const [first, second] = order.payload["line_items"] as { id: string }[];
  expect(shop.paid(order)).toMatchObject({
    amountMinor: 450,
    items: [
      { sku: `line-${first?.id}`, amountMinor: 270 },
      { sku: `line-${second?.id}`, amountMinor: 180 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(REPORTED);
  const lineItemId = first?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: 180 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

/** What each line comes to by Shopify's own payload: its price less its part of the code. */
function beadsOn(order: StoredOrder) {
  return linesOf(order).map(({ sku, quantity, price, discount_allocations: taken }) => ({
    sku,
    quantity,
    amountMinor:
      minor(price) * quantity - taken.reduce((all, { amount }) => all + minor(amount), 0),
  }));
}

interface Line {
  id: string;
  sku: string;
  quantity: number;
  price: string;
  discount_allocations: { amount: string }[];
}

const linesOf = ({ payload }: StoredOrder) => payload["line_items"] as Line[];

const minor = (amount: string) => Math.round(Number(amount) * 100);

/** What Shopify states that each line of the newest refund gave back. */
function refundedMinor({ payload }: StoredOrder): number[] {
  const refunds = payload["refunds"] as { refund_line_items: { subtotal: number }[] }[];
  return (refunds.at(-1)?.refund_line_items ?? []).map(({ subtotal }) => minor(`${subtotal}`));
}

/** The items of an order as impact.com holds them. */
function itemsOf(shop: MatrixShop, order: StoredOrder) {
  const paid = shop.paid(order);
  if ("unpaid" in paid) throw new Error(paid.unpaid);
  return paid.items.map(({ sku, quantity, amountMinor }) => ({ sku, quantity, amountMinor }));
}

test("500 lines: all of them are reported, and one of them can be refunded", async () => {
  const shop = await matrixShop();
  const variants = Array.from({ length: 500 }, (_, index) => ({
    title: `No. ${index + 1}`,
    sku: `BEAD-${index + 1}`,
    price: 101 + index,
  }));
  const ids = sellAlso(shop, { title: "Bead", variants });
  const lines = ids.map((variantId, index) => ({ variantId, quantity: 1 + (index % 3) }));
  const order = await shop.sell({ lines });
  const bought = beadsOn(order);
  expect(bought).toHaveLength(500);
  expect(itemsOf(shop, order)).toEqual(bought);
  const subtotal = Math.round(Number(order.payload["subtotal_price"]) * 100);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: subtotal });
  expect(await shop.ledger(order)).toEqual(REPORTED);

  // The second and the last: each of two units, of which one and both come back.
  const [two, both] = [linesOf(order)[1], linesOf(order)[499]];
  await shop.happens(
    shop.staff.refund(order, {
      lines: [
        { lineItemId: two?.id ?? "", quantity: 1 },
        { lineItemId: both?.id ?? "", quantity: 2 },
      ],
    }),
  );
  const [secondUnit = 0] = refundedMinor(order);
  const left = bought.map((item, index) => {
    if (index === 1) return { ...item, quantity: 1, amountMinor: item.amountMinor - secondUnit };
    return index === 499 ? { ...item, quantity: 0, amountMinor: 0 } : item;
  });
  expect(itemsOf(shop, order)).toEqual(left);
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});
