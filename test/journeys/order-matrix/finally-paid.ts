import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import {
  booksOf,
  lineMoney,
  linesOf,
  takenFrom,
  type LinePayload,
} from "#test/sandbox/shopify/orders/order-books.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

/**
 * What the customer finally pays for, from Shopify's own books and by the amount the merchant chose, in
 * minor units. Money kept back, such as a restocking fee, is no sale of the partner's.
 */
export function finallyPaidFor(order: StoredOrder, basis: AmountBasis): number {
  if (order.payload["cancelled_at"]) return 0;
  const lines = linesOf(order).filter((line) => !line.gift_card);
  const sum = (by: AmountBasis) => lines.reduce((all, line) => all + keptOf(order, line, by), 0);
  const givenBack = -Math.min(0, booksOf(order).discrepancyMinor);
  if (basis !== "gross" || givenBack === 0) return Math.max(0, sum(basis) - givenBack);
  // Beside amounts before discounts, money back weighs as much as it does in what was paid.
  const paid = sum("net");
  return paid <= givenBack ? 0 : rounded(sum("gross") * (paid - givenBack), paid);
}

function keptOf(order: StoredOrder, line: LinePayload, basis: AmountBasis): number {
  const isIncluded = order.payload["taxes_included"] === true;
  const money = lineMoney(order, line);
  const taken = takenFrom(order, line);
  const subtotal = money.subtotal - taken.subtotalMinor;
  const tax = money.tax - taken.taxMinor;
  if (basis === "net") return subtotal - (isIncluded ? tax : 0);
  if (basis === "net-with-tax") return subtotal + (isIncluded ? 0 : tax);
  const untaxed = isIncluded
    ? rounded(money.full * (money.subtotal - money.tax), money.subtotal)
    : money.full;
  return rounded(untaxed * (line.quantity - taken.quantity), line.quantity);
}

const rounded = (numerator: number, denominator: number) =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));
