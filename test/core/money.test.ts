import fc from "fast-check";
import { expect, test } from "vitest";
import { currencyDigits, formatMoney, parseMoney, toDecimal } from "#app/core/money.ts";

const READABLE = [
  ["12.50", "USD", 1_250],
  ["12.5", "USD", 1_250],
  ["12", "USD", 1_200],
  [" 0.05 ", "USD", 5],
  ["-3.10", "USD", -310],
  ["-0.00", "USD", 0],
  ["1250", "JPY", 1_250],
  ["1250.00", "JPY", 1_250],
  ["1.25", "KWD", 1_250],
  ["1.2500", "KWD", 1_250],
  ["1.2345", "CLF", 12_345],
  ["12.3400000", "USD", 1_234],
  ["90071992547409.91", "USD", 9_007_199_254_740_991],
] as const;

test.each(READABLE)("“%s” %s is %i minor units", (text, currency, minor) => {
  expect(parseMoney(text, currency)).toEqual({ ok: true, value: { minor, currency } });
});

const UNREADABLE = [
  ["12.345", "USD"],
  ["0.5", "JPY"],
  ["1.2345", "KWD"],
  ["1.23456", "CLF"],
  ["", "USD"],
  [".5", "USD"],
  ["5.", "USD"],
  ["1,250.00", "USD"],
  ["1e3", "USD"],
  ["$5", "USD"],
  ["NaN", "USD"],
  ["--5", "USD"],
  ["٥", "USD"],
  // One above what a number holds exactly.
  ["90071992547409.92", "USD"],
  ["9999999999999999", "JPY"],
] as const;

test.each(UNREADABLE)("“%s” is no amount in %s", (text, currency) => {
  const parsed = parseMoney(text, currency);
  expect(parsed).toMatchObject({ ok: false, problem: { kind: "bad-amount", retry: "never" } });
});

test("the sentence for a bad amount names the currency's digits and quotes no endless text", () => {
  const parsed = parseMoney("9".repeat(500), "KWD");
  const message = parsed.ok ? "" : parsed.problem.message;
  expect(message).toContain("KWD");
  expect(message).toContain("at most 3 decimals");
  expect(message.length).toBeLessThan(150);
});

test("a decimal carries the currency's digits, zeros included", () => {
  expect(toDecimal({ minor: 1_250, currency: "USD" })).toBe("12.50");
  expect(toDecimal({ minor: 5, currency: "USD" })).toBe("0.05");
  expect(toDecimal({ minor: -5, currency: "USD" })).toBe("-0.05");
  expect(toDecimal({ minor: 1_250, currency: "JPY" })).toBe("1250");
  expect(toDecimal({ minor: 1_250, currency: "KWD" })).toBe("1.250");
  expect(toDecimal({ minor: 1, currency: "CLF" })).toBe("0.0001");
  expect(toDecimal({ minor: 0, currency: "USD" })).toBe("0.00");
});

const currencies = fc.constantFrom("USD", "EUR", "JPY", "KWD", "CLF", "CLP", "ISK");

test("what is written as a decimal is read back as it was", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), currencies, (minor, currency) => {
      const money = { minor, currency };
      expect(parseMoney(toDecimal(money), currency)).toEqual({ ok: true, value: money });
    }),
  );
});

test("zeros behind a decimal never change its amount", () => {
  fc.assert(
    fc.property(fc.integer(), currencies, fc.nat(8), (minor, currency, zeros) => {
      const text = toDecimal({ minor, currency });
      const longer = text.includes(".")
        ? text + "0".repeat(zeros)
        : `${text}.0${"0".repeat(zeros)}`;
      expect(parseMoney(longer, currency)).toEqual(parseMoney(text, currency));
    }),
  );
});

test("people read an amount with the currency's sign and digits", () => {
  expect(formatMoney({ minor: 1_250, currency: "USD" })).toBe("$12.50");
  expect(formatMoney({ minor: 1_250, currency: "JPY" })).toBe("¥1,250");
  expect(formatMoney({ minor: 1_250, currency: "KWD" })).toBe("KWD\u00a01.250");
  expect(formatMoney({ minor: -1_250, currency: "USD" })).toBe("-$12.50");
});

test("a large amount is shown to its last digit", () => {
  const money = { minor: 9_007_199_254_740_991, currency: "USD" };
  expect(formatMoney(money)).toBe("$90,071,992,547,409.91");
});

test("a currency nobody listed has two digits", () => {
  expect(currencyDigits("XTS")).toBe(2);
});
