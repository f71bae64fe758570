import { expect, test } from "vitest";
import { exampleOrder } from "#app/core/shops/example-order.ts";

test.each([
  ["USD", 100],
  ["JPY", 1],
  ["KWD", 1_000],
])("the example in %s is counted in its own minor units", (currency, unit) => {
  expect(exampleOrder(currency)).toEqual({
    grossMinor: 100 * unit,
    discountMinor: 10 * unit,
    taxMinor: 18 * unit,
    amountMinor: { net: 90 * unit, "net-with-tax": 108 * unit, gross: 100 * unit },
  });
});
