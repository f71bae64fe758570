import fc from "fast-check";
import { expect, test } from "vitest";
import { apportion, shareOf } from "#app/core/apportion.ts";

test("the largest remainders get what rounding down leaves, the first of equal ones first", () => {
  expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(apportion(10, [1, 8, 6])).toEqual([1, 5, 4]);
  expect(apportion(3, [0, 0])).toEqual([2, 1]);
  expect(apportion(0, [5, 0])).toEqual([0, 0]);
});

test("parts sum to the total, and none is a unit away from its exact share", () => {
  const weights = fc.array(fc.nat(2 ** 40), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(2 ** 40), weights, (total, given) => {
      const parts = apportion(total, given);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      const sum = given.reduce((all, weight) => all + BigInt(weight), 0n);
      if (sum === 0n) return;
      for (const [index, part] of parts.entries()) {
        const off = BigInt(part) * sum - BigInt(total) * BigInt(given[index] ?? 0);
        expect(off < sum && -off < sum).toBe(true);
      }
    }),
  );
});

test("a share is rounded to the nearest unit, exactly also beyond 2^53", () => {
  expect([shareOf(100, 1, 3), shareOf(200, 1, 3), shareOf(5, 1, 2)]).toEqual([33, 67, 3]);
  expect(shareOf(9_007_199_254_740_991, 2, 2)).toBe(9_007_199_254_740_991);
});
