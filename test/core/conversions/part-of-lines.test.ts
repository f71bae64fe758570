import fc from "fast-check";
import { expect, test } from "vitest";
import { conversionLines, totalMinor } from "#app/core/conversions/conversion-lines.ts";
import { partOfLines, type OrderPart } from "#app/core/conversions/part-of-lines.ts";
import { earnedLines } from "#app/core/orders/earned-lines.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { storyOfAnOrder, toOrder } from "#test/core/given/order-story.ts";

const basis = fc.constantFrom<AmountBasis[]>("net", "net-with-tax", "gross");
const weights = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 5 });

/** Every share's part of something. */
function partsOf(weightsOfAll: number[]): OrderPart[] {
  return weightsOfAll.map((_, position) => ({ weights: weightsOfAll, position }));
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0);

test("whatever has become of an order, its shares' lines sum to what is earned, line by line, and none is negative", () => {
  fc.assert(
    fc.property(storyOfAnOrder, basis, weights, (story, by, all) => {
      const { steps } = story;
      for (let step = 0; step <= steps.length; step += 1) {
        const lines = earnedLines(toOrder({ ...story, steps: steps.slice(0, step) }), by);
        const shares = partsOf(all).map((part) => partOfLines(lines, part));
        for (const [index, line] of lines.entries()) {
          const amounts = shares.map((share) => share[index]?.amountMinor ?? NaN);
          expect(sum(amounts)).toBe(line.amountMinor);
          expect(Math.min(...amounts)).toBeGreaterThanOrEqual(0);
          expect(new Set(shares.map((share) => share[index]?.quantity))).toEqual(
            new Set([line.quantity]),
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("the items that impact.com is told of sum to the whole order's, SKU by SKU", () => {
  fc.assert(
    fc.property(storyOfAnOrder, basis, weights, (story, by, all) => {
      const order = toOrder(story);
      const whole = conversionLines(order, by, new Map());
      const shares = partsOf(all).map((part) => conversionLines(order, by, new Map(), part));
      expect(sum(shares.map(totalMinor))).toBe(totalMinor(whole));
      for (const { sku, subtotalMinor } of whole) {
        const ofSku = shares.flatMap((lines) => lines.filter((line) => line.sku === sku));
        expect(sum(ofSku.map((line) => line.subtotalMinor))).toBe(subtotalMinor);
      }
    }),
    { numRuns: 300 },
  );
});

const line = (amountMinor: number) => ({
  ...{ lineId: "1", sku: "MUG", variantId: "1", title: "Mug", vendor: null, quantity: 1 },
  amountMinor,
});

test.each([
  { weights: [50, 50], amount: 4_411, parts: [2_206, 2_205] },
  { weights: [70, 30], amount: 1, parts: [1, 0] },
  { weights: [1, 1, 1], amount: 100, parts: [34, 33, 33] },
  { weights: [60, 40], amount: 0, parts: [0, 0] },
])("$amount minor units at $weights are $parts", ({ weights: all, amount, parts }) => {
  const amounts = partsOf(all).map((part) => partOfLines([line(amount)], part)[0]?.amountMinor);
  expect(amounts).toEqual(parts);
});

test("a single mug stays one unit for each of two shares", () => {
  const [first, second] = partsOf([1, 1]).map((part) => partOfLines([line(2_000)], part)[0]);
  expect([first?.quantity, second?.quantity]).toEqual([1, 1]);
});

test("the whole of an order is its lines as they are", () => {
  expect(partOfLines([line(4_411)], null)).toEqual([line(4_411)]);
});
