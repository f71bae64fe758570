import fc from "fast-check";
import { expect, test } from "vitest";
import { percentOf, proportion, readDecimal, spread, toMinor, writeMinor } from "./money.ts";

test("amounts are read in the currency's own minor units", () => {
  expect(toMinor(readDecimal("12.34"), "USD")).toBe(1234);
  expect(toMinor(readDecimal("1200"), "JPY")).toBe(1200);
  expect(toMinor(readDecimal("1.234"), "KWD")).toBe(1234);
  expect(toMinor(readDecimal("-0.50"), "EUR")).toBe(-50);
});

test("a unit price finer than the currency is rounded once, for the line", () => {
  expect(toMinor(readDecimal("3.333"), "USD", 3)).toBe(1000);
});

test("halves are rounded away from zero", () => {
  expect(percentOf(5, "10")).toBe(1);
  expect(percentOf(-5, "10")).toBe(-1);
  expect(proportion(1, 1, 2)).toBe(1);
});

test("a payout percentage may have decimals", () => {
  expect(percentOf(10_000, "12.5")).toBe(1250);
});

test("what was written reads back as the same minor units", () => {
  const currency = fc.constantFrom("USD", "JPY", "KWD");
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), currency, (minor, code) => {
      expect(toMinor(readDecimal(writeMinor(minor, code)), code) + 0).toBe(minor + 0);
    }),
  );
});

test("spread parts sum to the total and stay within their weights", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 0, max: 100 }), (given, percent) => {
      const sum = given.reduce((a, b) => a + b, 0);
      const total = Math.floor((sum * percent) / 100);
      const parts = spread(total, given);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
    }),
  );
});
