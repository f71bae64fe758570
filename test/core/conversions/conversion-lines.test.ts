import fc from "fast-check";
import { expect, test } from "vitest";
import { conversionLines, totalMinor } from "#app/core/conversions/conversion-lines.ts";
import { earnedLines, earnedMinor } from "#app/core/orders/earned-lines.ts";
import type { OrderLine } from "#app/core/orders/order-facts.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";
import { storyOfAnOrder, toOrder } from "#test/core/given/order-story.ts";

const NO_TYPES = new Map<string, string>();

function linesOf(lines: OrderLine[], taxesIncluded = false, types = NO_TYPES) {
  const order = { facts: orderFactsWith({ lines, taxesIncluded }), refunds: [] };
  return conversionLines(order, "net", types);
}

test("a line is told net of every discount, with name, brand and product type", () => {
  const line = orderLineWith({ lineId: "1", quantity: 2, grossMinor: 4_000, discountMinor: 401 });
  const types = new Map([["1", "Drinkware"]]);
  expect(linesOf([line], false, types)).toEqual([
    {
      sku: "MUG",
      name: "Mug",
      category: "Drinkware",
      brand: "Tea House",
      quantity: 2,
      subtotalMinor: 3_599,
    },
  ]);
});

test("tax that is in the price is taken out; tax on top never was in it", () => {
  const line = orderLineWith({ grossMinor: 1_200, taxMinor: 200 });
  expect(linesOf([line], true)).toMatchObject([{ subtotalMinor: 1_000 }]);
  expect(linesOf([line], false)).toMatchObject([{ subtotalMinor: 1_200 }]);
});

test("lines that share a SKU become one item with both quantities and amounts", () => {
  const lines = [
    orderLineWith({ lineId: "1", quantity: 1, grossMinor: 2_000 }),
    orderLineWith({ lineId: "2", sku: "KETTLE", title: "Kettle", quantity: 1, grossMinor: 4_900 }),
    orderLineWith({
      lineId: "3",
      quantity: 3,
      grossMinor: 6_000,
      discountMinor: 500,
      title: "Engraved mug",
    }),
  ];
  expect(
    linesOf(lines).map(({ sku, name, quantity, subtotalMinor }) => [
      sku,
      name,
      quantity,
      subtotalMinor,
    ]),
  ).toEqual([
    ["MUG", "Mug", 4, 7_500],
    ["KETTLE", "Kettle", 1, 4_900],
  ]);
});

test.each([
  ["no SKU", null],
  ["an empty SKU", "  "],
  ["a SKU longer than impact.com takes", "S".repeat(41)],
])("a line with %s is named by itself, also once its variant is deleted", (_what, sku) => {
  for (const variantId of ["77", null]) {
    const line = orderLineWith({ sku, variantId, lineId: "88" });
    expect(linesOf([line])).toMatchObject([{ sku: "line-88" }]);
  }
});

test("a SKU as long as impact.com takes is kept", () => {
  expect(linesOf([orderLineWith({ sku: "S".repeat(40) })])).toMatchObject([
    { sku: "S".repeat(40) },
  ]);
});

test("a product without a type still has a category, which impact.com wants", () => {
  const types = new Map([["1", "  "]]);
  const line = orderLineWith({ lineId: "1" });
  const [item] = linesOf([line], false, types);
  expect(item?.category).toBe("Uncategorized");
});

test("texts longer than impact.com takes are cut", () => {
  const line = orderLineWith({ lineId: "1", title: "t".repeat(300), vendor: "v".repeat(300) });
  const types = new Map([["1", "c".repeat(300)]]);
  const [item] = linesOf([line], false, types);
  expect([item?.name.length, item?.brand?.length, item?.category.length]).toEqual([255, 255, 255]);
});

test("a line of which no unit is left is no item any more, and a free one still is", () => {
  const gone = orderLineWith({ lineId: "1", sku: "GONE", currentQuantity: 0 });
  const free = orderLineWith({ lineId: "2", sku: "FREE", discountMinor: 2_000 });
  expect(linesOf([gone, free])).toMatchObject([{ sku: "FREE", quantity: 1, subtotalMinor: 0 }]);
});

const anyBasis = fc.constantFrom<AmountBasis>("net", "net-with-tax", "gross");

test("the items always sum to what is earned and its quantities, each SKU once", () => {
  fc.assert(
    fc.property(storyOfAnOrder, anyBasis, (story, basis) => {
      const order = toOrder(story);
      const earned = earnedLines(order, basis);
      const items = conversionLines(order, basis, NO_TYPES);
      expect(totalMinor(items)).toBe(earnedMinor(earned));
      expect(sum(items.map(({ quantity }) => quantity))).toBe(sum(earned.map((l) => l.quantity)));
      expect(new Set(items.map(({ sku }) => sku)).size).toBe(items.length);
    }),
  );
});

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
