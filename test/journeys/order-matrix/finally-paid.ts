import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import {
  booksOf,
  isGoods,
  lineMoney,
  linesOf,
  takenFrom,
  type LinePayload,
} from "#test/sandbox/shopify/orders/order-books.ts";
import { shippingTotals } from "#test/sandbox/shopify/orders/retotal-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

/**
 * What the customer finally pays for, by the amount the merchant chose, in minor units: the money of
 * theirs that Shopify's books leave with the shop for these goods, and what of it is tax. Money kept
 * beyond the goods' price, such as a restocking fee, is no sale of the partner's.
 */
export function finallyPaidFor(order: StoredOrder, basis: AmountBasis): number {
  if (order.payload["cancelled_at"]) return 0;
  const lines = linesOf(order).map((line) => ({ line, ...keptOf(order, line) }));
  const goods = lines.filter(({ line }) => isGoods(line));
  const price = sum(goods.map(({ paid }) => paid));
  const money = Math.min(
    price,
    Math.max(0, moneyOf(order) - (sum(lines.map(({ paid }) => paid)) - price)),
  );
  if (basis === "net-with-tax") return money;
  if (basis === "gross") return part(sum(goods.map(({ full }) => full)), money, price);
  return money - taxWithin(money, sum(goods.map(({ tax }) => tax)), price);
}

/** Of the customer's money what the shop has in the end for lines of any kind. */
function moneyOf(order: StoredOrder): number {
  const { receivedMinor, refundedMinor, shippingRefundedMinor } = booksOf(order);
  return receivedMinor - refundedMinor - (shippingTotals(order).paid - shippingRefundedMinor);
}

/** What is left of a line: its price with tax, the tax of it, and the price before discounts without. */
function keptOf(order: StoredOrder, line: LinePayload) {
  const isIncluded = order.payload["taxes_included"] === true;
  const money = lineMoney(order, line);
  const taken = takenFrom(order, line);
  const tax = money.tax - taken.taxMinor;
  const paid = money.subtotal - taken.subtotalMinor + (isIncluded ? 0 : tax);
  const untaxed = isIncluded
    ? part(money.full, money.subtotal - money.tax, money.subtotal)
    : money.full;
  return { paid, tax, full: rounded(untaxed * (line.quantity - taken.quantity), line.quantity) };
}

/** What is free is free of tax, and all of it is left. */
function part(amount: number, of: number, whole: number): number {
  return whole === 0 ? amount : rounded(amount * of, whole);
}

/** Half a minor unit is goods'. */
function taxWithin(money: number, tax: number, price: number): number {
  return price === 0 ? 0 : Math.ceil((2 * tax * money - price) / (2 * price));
}

const sum = (amounts: number[]) => amounts.reduce((all, each) => all + each, 0);

const rounded = (numerator: number, denominator: number) =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));
