import { toMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { OrderTotals } from "./order-amounts.ts";
import { orderAmounts } from "./order-amounts.ts";
import { booksOf, isTip, lineMoney, linesOf, takenFrom } from "./order-books.ts";
import { taxLinesPayload } from "./order-tax.ts";

/** Writes every amount at the order's top level anew from its lines and books. */
export function retotalOrder(order: StoredOrder): void {
  const books = booksOf(order);
  const original = originalTotals(order);
  const current = currentTotals(order, original);
  const outstanding =
    current.total + books.discrepancyMinor - (books.receivedMinor - books.refundedMinor);
  Object.assign(
    order.payload,
    orderAmounts(original, books.currencies, { current, outstanding }),
    books.taxRate > 0 && {
      tax_lines: taxLinesPayload({ rate: books.taxRate, minor: original.tax }, books.currencies),
    },
  );
}

/** What the order owes the shop in all; negative where the shop owes the customer. */
export function outstandingMinor(order: StoredOrder): number {
  const { discrepancyMinor, receivedMinor, refundedMinor } = booksOf(order);
  const { total } = currentTotals(order, originalTotals(order));
  return total + discrepancyMinor - (receivedMinor - refundedMinor);
}

function originalTotals(order: StoredOrder): OrderTotals {
  const untipped = linesOf(order).filter((line) => !isTip(line));
  const lines = untipped.map((line) => lineMoney(order, line));
  const tips = linesOf(order).filter(isTip);
  const tip = sum(tips.map((line) => lineMoney(order, line).full));
  const subtotal = sum(lines.map((line) => line.subtotal));
  const tax = sum(lines.map((line) => line.tax));
  const shipping = shippingTotals(order);
  return {
    lines: sum(lines.map((line) => line.full)),
    discounts: sum(lines.map((line) => line.discount)) + shipping.discount,
    subtotal,
    tax,
    shipping: shipping.paid,
    tip,
    total: subtotal + shipping.paid + tip + (order.payload["taxes_included"] === true ? 0 : tax),
  };
}

function currentTotals(order: StoredOrder, original: OrderTotals): OrderTotals {
  const untipped = linesOf(order).filter((line) => !isTip(line));
  const taken = untipped.map((line) => ({
    ...takenFrom(order, line),
    unit: lineMoney(order, line).unit,
  }));
  const tips = linesOf(order).filter(isTip);
  const tip = original.tip - sum(tips.map((line) => takenFrom(order, line).subtotalMinor));
  const gone = {
    lines: sum(taken.map(({ unit, quantity }) => unit * quantity)),
    subtotal: sum(taken.map(({ subtotalMinor }) => subtotalMinor)),
    tax: sum(taken.map(({ taxMinor }) => taxMinor)),
  };
  const subtotal = original.subtotal - gone.subtotal;
  const tax = original.tax - gone.tax;
  const shipping = original.shipping - booksOf(order).shippingRefundedMinor;
  return {
    lines: original.lines - gone.lines,
    discounts: original.discounts - (gone.lines - gone.subtotal),
    subtotal,
    tax,
    shipping,
    tip,
    total: subtotal + shipping + tip + (order.payload["taxes_included"] === true ? 0 : tax),
  };
}

/** What the customer pays for shipping, and what a code took off it. */
export function shippingTotals(order: StoredOrder): { paid: number; discount: number } {
  const { currencies } = booksOf(order);
  const lines = order.payload["shipping_lines"] as { price: string; discounted_price: string }[];
  const minor = (text: string) => toMinor(text, currencies.shop);
  const paid = sum(lines.map((line) => minor(line.discounted_price)));
  return { paid, discount: sum(lines.map((line) => minor(line.price))) - paid };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
