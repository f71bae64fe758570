import { expect, test } from "vitest";
import { conversionForm } from "../acme.ts";
import { conversionAmounts } from "./conversion-amounts.ts";
import { readConversion } from "./read-conversion.ts";

function amounts(changes: Record<string, string | null>, currency = "USD"): number[] {
  const conversion = readConversion(conversionForm(changes));
  return conversionAmounts(conversion, currency).map((line) => line.amountMinor);
}

const noItems = Object.fromEntries(
  [1, 2].flatMap((i) =>
    ["Sku", "Name", "Category", "Quantity", "Price"].map((name) => [`Item${name}${i}`, null]),
  ),
);

test("an item's amount is its price times its quantity", () => {
  expect(amounts({})).toEqual([5000, 1000]);
});

test("an item's subtotal is taken as it is", () => {
  expect(amounts({ ItemPrice1: null, ItemSubTotal1: "49.99" })).toEqual([4999, 1000]);
});

test("ItemDiscount counts for each unit, ItemTotalDiscount for the line", () => {
  expect(amounts({ ItemDiscount1: "1.50" })).toEqual([4700, 1000]);
  expect(amounts({ ItemTotalDiscount1: "1.50" })).toEqual([4850, 1000]);
});

test("ItemDiscountRate takes a percentage off the line", () => {
  expect(amounts({ ItemDiscountRate2: "15" })).toEqual([5000, 850]);
});

test("OrderDiscount is spread over the items in proportion, to the last cent", () => {
  expect(amounts({ OrderDiscount: "6.00" })).toEqual([4500, 900]);
  expect(amounts({ OrderDiscount: "0.01" }).reduce((a, b) => a + b)).toBe(5999);
});

test("net line totals together with OrderDiscount lose the discount twice, as at impact.com", () => {
  const net = { ItemPrice1: null, ItemSubTotal1: "45.00", ItemPrice2: null, ItemSubTotal2: "9.00" };
  expect(amounts({ ...net, OrderDiscount: "6.00" }).reduce((a, b) => a + b)).toBe(4800);
});

test("a discount never makes an amount negative", () => {
  expect(amounts({ OrderDiscount: "900.00", ItemDiscount2: "20.00" })).toEqual([0, 0]);
});

test("an order without items has its Amount less the discount, or its OrderSubTotalPostDiscount", () => {
  expect(amounts({ ...noItems, Amount: "60.00", OrderDiscount: "5.00" })).toEqual([5500]);
  const net = { OrderSubTotalPostDiscount: "55.00", OrderDiscount: "5.00" };
  expect(amounts({ ...noItems, ...net })).toEqual([5500]);
});

test("yen have no decimals", () => {
  expect(amounts({ ItemPrice1: "1200", ItemPrice2: "800" }, "JPY")).toEqual([2400, 800]);
});
