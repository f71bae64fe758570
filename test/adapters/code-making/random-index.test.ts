import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandomIndex } from "#app/adapters/code-making/random-index.ts";
import { seededBytes } from "#test/support/seeded-bytes.ts";

/** How far counts are from all being equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countDraws(draw: () => number, below: number): number[] {
  const counts = Array.from({ length: below }, () => 0);
  for (let drawn = 0; drawn < 200_000; drawn += 1) {
    const index = draw();
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Chi-square with 19 degrees of freedom passes it once in a thousand fair series. */
const FAIR_UP_TO = 43.82;

test("each of 20 indexes is drawn as often as the others", () => {
  const randomIndex = createRandomIndex(seededBytes(1));
  expect(chiSquare(countDraws(() => randomIndex(20), 20))).toBeLessThan(FAIR_UP_TO);
});

test("the remainder of a byte alone would not pass as fair", () => {
  const randomByte = createRandomIndex(seededBytes(1));
  expect(chiSquare(countDraws(() => randomByte(256) % 20, 20))).toBeGreaterThan(FAIR_UP_TO);
});

test("a byte beyond the last whole multiple is thrown away", () => {
  const bytes = [255, 240, 239, 0];
  const randomIndex = createRandomIndex((pool) => pool.set(bytes));
  expect([randomIndex(20), randomIndex(20)]).toEqual([19, 0]);
});

test("whatever the number of choices, an index is one of them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.integer(), (below, seed) => {
      const index = createRandomIndex(seededBytes(seed))(below);
      expect(Number.isInteger(index) && index >= 0 && index < below).toBe(true);
    }),
  );
});

test.each([0, 257, 1.5, -1, NaN])("an index below %d is a bug", (below) => {
  expect(() => createRandomIndex()(below)).toThrow(RangeError);
});

test("the operating system's generator gives no two series alike", () => {
  const series = () => {
    const randomIndex = createRandomIndex();
    return Array.from({ length: 40 }, () => randomIndex(20)).join();
  };
  expect(series()).not.toBe(series());
});
