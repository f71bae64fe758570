import fc from "fast-check";
import { expect, test } from "vitest";
import { conversionLines } from "#app/core/conversions/conversion-lines.ts";
import { orderNetMinor, type OrderLine } from "#app/core/orders/order-facts.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

const NO_TYPES = new Map<string, string>();

function linesOf(lines: OrderLine[], taxesIncluded = false) {
  return conversionLines(orderFactsWith({ lines, taxesIncluded }), NO_TYPES);
}

test("a line is told net of every discount, with name, brand and product type", () => {
  const line = orderLineWith({ lineId: "1", quantity: 2, grossMinor: 4_000, discountMinor: 401 });
  const types = new Map([["1", "Drinkware"]]);
  expect(conversionLines(orderFactsWith({ lines: [line] }), types)).toEqual([
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
])("a line with %s is named by its variant, and without one by itself", (_what, sku) => {
  expect(linesOf([orderLineWith({ sku, variantId: "77" })])).toMatchObject([{ sku: "variant-77" }]);
  expect(linesOf([orderLineWith({ sku, variantId: null, lineId: "88" })])).toMatchObject([
    { sku: "line-88" },
  ]);
});

test("a SKU as long as impact.com takes is kept", () => {
  expect(linesOf([orderLineWith({ sku: "S".repeat(40) })])).toMatchObject([
    { sku: "S".repeat(40) },
  ]);
});

test("a product without a type still has a category, which impact.com wants", () => {
  const types = new Map([["1", "  "]]);
  const line = orderLineWith({ lineId: "1" });
  const [item] = conversionLines(orderFactsWith({ lines: [line] }), types);
  expect(item?.category).toBe("Uncategorized");
});

test("texts longer than impact.com takes are cut", () => {
  const line = orderLineWith({ lineId: "1", title: "t".repeat(300), vendor: "v".repeat(300) });
  const types = new Map([["1", "c".repeat(300)]]);
  const [item] = conversionLines(orderFactsWith({ lines: [line] }), types);
  expect([item?.name.length, item?.brand?.length, item?.category.length]).toEqual([255, 255, 255]);
});

const anyLine = fc.record({
  lineId: fc.stringMatching(/^[1-9]\d{0,15}$/),
  sku: fc.option(fc.constantFrom("A", "B", "C", "", "S".repeat(60))),
  variantId: fc.option(fc.constantFrom("1", "2")),
  quantity: fc.nat(50),
  grossMinor: fc.nat(10_000_000),
  discountMinor: fc.nat(10_000_000),
  taxMinor: fc.nat(1_000_000),
});

test("the items always sum to the order's net value and its quantities, each SKU once", () => {
  fc.assert(
    fc.property(fc.array(anyLine), fc.boolean(), (drawn, taxesIncluded) => {
      const lines = drawn.map(orderLineWith);
      const facts = orderFactsWith({ lines, taxesIncluded });
      const items = conversionLines(facts, NO_TYPES);
      expect(sum(items.map(({ subtotalMinor }) => subtotalMinor))).toBe(orderNetMinor(facts));
      expect(sum(items.map(({ quantity }) => quantity))).toBe(sum(lines.map((l) => l.quantity)));
      expect(new Set(items.map(({ sku }) => sku)).size).toBe(items.length);
    }),
  );
});

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
