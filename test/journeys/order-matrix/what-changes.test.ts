import { expect, test } from "vitest";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { variantOf } from "#test/support/shopper.ts";
import { lineOf } from "#test/support/shopify-staff.ts";
import { ADJUSTED, ANNA, ignored, matrixShop, type MatrixShop } from "./matrix-shop.ts";

/** What all actions of an order come to, in minor units; a second one follows a reversal. */
function totalPaid({ world }: MatrixShop, { id }: StoredOrder): number {
  return actionsOf(world.impactState)
    .filter(({ orderId }) => orderId === id || orderId.startsWith(`${id}-`))
    .flatMap(({ items }) => items)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

test.each([true, false])(
  "edited down: a line taken off is taken back, whether edits appear as refunds (%s)",
  async (editsAppearAsRefunds) => {
    const shop = await matrixShop();
    shop.world.shopifyState.editsAppearAsRefunds = editsAppearAsRefunds;
    const order = await shop.sell();
    const remove = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
    await shop.happens(shop.staff.edit(order, { remove }));
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
    expect(await shop.ledger(order)).toEqual(ADJUSTED);
  },
);

test("edited, and only orders/edited arrives: the order is asked for and ends as it was edited", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ taxRate: 0.2, taxesIncluded: true });
  const remove = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  const add = [{ variantId: variantOf(shop.world.shop, "Mug"), quantity: 1 }];
  const sent = shop.staff.edit(order, { remove, add });
  await shop.happens(sent.filter(({ topic }) => topic === "orders/edited"));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_500 + 1_667 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("edited up: what was added at full price is earned as well", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const add = [{ variantId: variantOf(shop.world.shop, "Sample"), quantity: 2 }];
  const setQuantity = [{ lineItemId: lineOf(order, "MUG"), quantity: 2 }];
  await shop.happens(shop.staff.edit(order, { add, setQuantity }));
  expect(shop.paid(order)).toMatchObject({
    ...ANNA,
    amountMinor: 6_210 + 600 + 2_000,
    // A new SKU's units and value are carried by the largest item.
    items: [
      { sku: "MUG", quantity: 2, amountMinor: 1_800 + 2_000 },
      { sku: "KETTLE", quantity: 1 + 2, amountMinor: 4_410 + 600 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test.each([true, false])(
  "edited down and up again: a unit put back is earned at what is paid for it, whether edits appear as refunds (%s)",
  async (editsAppearAsRefunds) => {
    const shop = await matrixShop();
    shop.world.shopifyState.editsAppearAsRefunds = editsAppearAsRefunds;
    const kettles = [{ variantId: variantOf(shop.world.shop, "Kettle"), quantity: 2 }];
    const order = await shop.sell({ lines: kettles });
    const lineItemId = lineOf(order, "KETTLE");
    await shop.happens(shop.staff.edit(order, { remove: [{ lineItemId, quantity: 1 }] }));
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 4_410 });
    await shop.happens(shop.staff.edit(order, { setQuantity: [{ lineItemId, quantity: 2 }] }));
    expect(order.payload["current_total_price"]).toBe("93.10");
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 9_310 });
  },
);

test.each([
  ["included", true, 7_500, 7_412, 1_109],
  ["on top", false, 5_400, 8_820, 8_820 - 4_538],
])(
  "an amount refunded, tax %s: the tax in it takes nothing from the goods",
  async (_how, taxesIncluded, amountMinor, reported, left) => {
    const shop = await matrixShop();
    const kettles = [{ variantId: variantOf(shop.world.shop, "Kettle"), quantity: 2 }];
    const order = await shop.sell({ lines: kettles, taxesIncluded, taxRate: 0.19 });
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: reported });
    await shop.happens(shop.staff.refund(order, { amountMinor }));
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: left });
    expect(await shop.ledger(order)).toEqual(ADJUSTED);
  },
);

test("edited before it was reported: the order is reported once, as it was edited", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  await shop.arrives(placedWebhooks(order));
  const remove = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await shop.happens(shop.staff.edit(order, { remove }));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  expect(actionsOf(shop.world.impactState, order.id)).toHaveLength(1);
});

test("exchange: the line that came back is taken back and the one that went out is earned", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const returned = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  const sent = [{ variantId: variantOf(shop.world.shop, "Mug"), quantity: 2 }];
  await shop.happens(shop.staff.exchange(order, { returned, sent }));
  expect(shop.paid(order)).toMatchObject({
    ...ANNA,
    amountMinor: 1_800 + 4_000,
    items: [
      { sku: "MUG", quantity: 3, amountMinor: 1_800 + 4_000 },
      { sku: "KETTLE", quantity: 0, amountMinor: 0 },
    ],
  });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("exchange of everything: the order ends at what was sent instead", async () => {
  const shop = await matrixShop();
  const lines = [{ variantId: variantOf(shop.world.shop, "Mug"), quantity: 1 }];
  const order = await shop.sell({ lines });
  const returned = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  const sent = [{ variantId: variantOf(shop.world.shop, "Kettle"), quantity: 1 }];
  for (const webhook of shop.staff.exchange(order, { returned, sent })) {
    await shop.happens([webhook]);
  }
  expect(totalPaid(shop, order)).toBe(4_900);
  expect(whoWasPaid(shop.world.impactState, `${order.id}-2`)).toMatchObject({
    ...ANNA,
    items: [{ sku: "KETTLE", quantity: 1, amountMinor: 4_900 }],
  });
  expect(await shop.ledger(order)).toMatchObject({ state: "reported" });
});

test("refunded in full before report: there is nothing left to earn", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  await shop.arrives(placedWebhooks(order));
  const lines = ["MUG", "KETTLE"].map((sku) => ({ lineItemId: lineOf(order, sku), quantity: 1 }));
  await shop.happens(shop.staff.refund(order, { lines }));
  expect(actionsOf(shop.world.impactState)).toEqual([]);
  expect(await shop.ledger(order)).toEqual(ignored("refunded-before-report"));
});

test("restocking fee: what was kept back is no sale, so the returned line goes in full", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await shop.happens(shop.staff.refund(order, { lines, restockingFeeMinor: 500 }));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("money given back after a fee was kept: the fee goes back first, and only more than it is taken from the goods", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await shop.happens(shop.staff.refund(order, { lines, restockingFeeMinor: 500 }));
  await shop.happens(shop.staff.refund(order, { amountMinor: 300 }));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  await shop.happens(shop.staff.refund(order, { amountMinor: 600 }));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 - 400 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});

test("refunded while the gateway still pays it out: the pair of adjustments counts for nothing", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await shop.happens(shop.staff.refund(order, { lines, pending: true }));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 1_800 });
  expect(await shop.ledger(order)).toEqual(ADJUSTED);
});
