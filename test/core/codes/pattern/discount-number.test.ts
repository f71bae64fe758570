import { expect, test } from "vitest";
import type { DiscountValue } from "#app/core/codes/discount.ts";
import { discountNumber } from "#app/core/codes/pattern/discount-number.ts";

test.each([
  [{ kind: "percentage", basisPoints: 1_500 }, "USD", "15"],
  [{ kind: "percentage", basisPoints: 1_250 }, "USD", "12"],
  [{ kind: "percentage", basisPoints: 50 }, "USD", ""],
  [{ kind: "percentage", basisPoints: 10_000 }, "USD", "100"],
  [{ kind: "amount", minor: 1_000 }, "USD", "10"],
  [{ kind: "amount", minor: 1_000 }, "JPY", "1000"],
  [{ kind: "amount", minor: 5_500 }, "KWD", "5"],
  [{ kind: "other" }, "USD", ""],
] satisfies [DiscountValue, string, string][])(
  "%j in %s is “%s” in a code",
  (value, currency, text) => {
    expect(discountNumber(value, currency)).toBe(text);
  },
);
