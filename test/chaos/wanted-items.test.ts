import { expect, test } from "vitest";
import { orderForTests } from "#test/sandbox/shopify/orders/order-for-tests.ts";
import { linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";
import { skusOff, wantedItems, type Wanted } from "./wanted-items.ts";

function wanted(parts: [string, number][], slackMinor = 0): Wanted {
  const unitsBySku = new Map(parts.map(([sku]) => [sku, 0]));
  return { totalMinor: 0, bySku: new Map(parts), unitsBySku, slackMinor };
}

const holding = (parts: [string, number][]) =>
  parts.map(([sku, amountMinor]) => ({ sku, amountMinor, quantity: 0 }));

test("amounts that only sum up right are off", () => {
  const both = wanted([
    ["A", 1_000],
    ["B", 500],
  ]);
  expect(
    skusOff(
      both,
      holding([
        ["A", 1_000],
        ["B", 500],
      ]),
    ),
  ).toEqual([]);
  expect(
    skusOff(
      both,
      holding([
        ["A", 999],
        ["B", 501],
      ]),
    ),
  ).toEqual(["A", "B"]);
});

test("one known SKU may carry what impact.com takes no new SKU for, and no other may", () => {
  const added = wanted([
    ["A", 1_000],
    ["B", 500],
    ["NEW", 300],
  ]);
  expect(
    skusOff(
      added,
      holding([
        ["A", 1_300],
        ["B", 500],
      ]),
    ),
  ).toEqual([]);
  expect(
    skusOff(
      added,
      holding([
        ["A", 1_150],
        ["B", 650],
      ]),
    ),
  ).toEqual(["A", "B"]);
  expect(
    skusOff(
      added,
      holding([
        ["A", 1_200],
        ["B", 500],
      ]),
    ),
  ).toEqual(["A"]);
});

test("the right amount for the wrong units is off", () => {
  const two = { ...wanted([["A", 1_000]]), unitsBySku: new Map([["A", 2]]) };
  expect(skusOff(two, [{ sku: "A", quantity: 2, amountMinor: 1_000 }])).toEqual([]);
  expect(skusOff(two, [{ sku: "A", quantity: 1, amountMinor: 1_000 }])).toEqual(["A"]);
});

test("units that nobody carries are off", () => {
  const added = {
    ...wanted([
      ["A", 1_000],
      ["NEW", 0],
    ]),
    unitsBySku: new Map([
      ["A", 1],
      ["NEW", 1],
    ]),
  };
  expect(skusOff(added, [{ sku: "A", quantity: 1, amountMinor: 1_000 }])).toEqual(["A"]);
  expect(skusOff(added, [{ sku: "A", quantity: 2, amountMinor: 1_000 }])).toEqual([]);
});

test("money given back lies between SKUs by their worth, to a minor unit for each line", () => {
  const given = orderForTests({ taxesIncluded: true, taxRate: 0.19 }, { currency: "USD" });
  const { state, shop, order } = given;
  const before = wantedItems(order, true);
  expect(before.slackMinor).toBe(0);
  expect([...before.bySku.values()].reduce((a, b) => a + b)).toBe(before.totalMinor);
  refundOrder(state, shop, order, { amountMinor: 500 });
  const after = wantedItems(order, true);
  expect(after.slackMinor).toBe(linesOf(order).length);
  for (const [sku, part] of after.bySku) {
    expect(part / (before.bySku.get(sku) ?? 0)).toBeCloseTo(after.totalMinor / before.totalMinor);
  }
});
