import { expect, test } from "vitest";
import { addProduct } from "#test/sandbox/shopify/create-state.ts";
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
  const lineItemId = first?.id ?? "";
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: 180 });
});

test("500 lines: all of them are reported, and one of them can be refunded", async () => {
  const shop = await matrixShop();
  const variants = Array.from({ length: 500 }, (_, index) => ({
    title: `No. ${index + 1}`,
    sku: `BEAD-${index + 1}`,
    price: 101 + index,
  }));
  const ids = sellAlso(shop, { title: "Bead", variants });
  const order = await shop.sell({ lines: ids.map((variantId) => ({ variantId, quantity: 1 })) });
  const subtotal = Math.round(Number(order.payload["subtotal_price"]) * 100);
  const paid = shop.paid(order);
  expect(paid).toMatchObject({ ...ANNA, amountMinor: subtotal });
  if ("unpaid" in paid) throw new Error(paid.unpaid);
  expect(paid.items).toHaveLength(500);

  const lineItemId = (order.payload["line_items"] as { id: string }[])[499]?.id ?? "";
  const kept = subtotal - (paid.items[499]?.amountMinor ?? 0);
  await shop.happens(shop.staff.refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  expect(shop.paid(order)).toMatchObject({ amountMinor: kept });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});
