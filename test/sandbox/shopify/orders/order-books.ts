import { toMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import type { LineTaken, OrderBooks, StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { OrderCurrencies } from "./money-set.ts";

/** The parts of an entry of `line_items` that an order's life reads and moves. */
export interface LinePayload extends Record<string, unknown> {
  id: string;
  sku: string | null;
  gift_card: boolean;
  /** Present only on tips. */
  tip_payment_gateway?: string | null;
  price: string;
  quantity: number;
  current_quantity: number;
  fulfillable_quantity: number;
  discount_allocations: { amount: string }[];
  tax_lines: Record<string, unknown>[];
}

export function openBooks(
  currencies: OrderCurrencies,
  taxRate: number,
  receivedMinor: number,
): OrderBooks {
  return {
    currencies,
    taxRate,
    receivedMinor,
    refundedMinor: 0,
    shippingRefundedMinor: 0,
    discrepancyMinor: 0,
    taken: new Map(),
  };
}

export function booksOf(order: StoredOrder): OrderBooks {
  if (!order.books) throw new Error(`${order.name} was written by hand: it has no life.`);
  return order.books;
}

export function linesOf(order: StoredOrder): LinePayload[] {
  return order.payload["line_items"] as LinePayload[];
}

/** Neither a gift card nor a tip. */
export function isGoods(line: LinePayload): boolean {
  return !line.gift_card && !isTip(line);
}

export function isTip(line: LinePayload): boolean {
  return line.tip_payment_gateway !== undefined;
}

export function lineOf(order: StoredOrder, lineItemId: string): LinePayload {
  const line = linesOf(order).find(({ id }) => id === lineItemId);
  if (!line) throw new Error(`${order.name} has no line ${lineItemId}.`);
  return line;
}

export function takenFrom(order: StoredOrder, line: LinePayload): LineTaken {
  const nothing = { quantity: 0, subtotalMinor: 0, taxMinor: 0 };
  return booksOf(order).taken.get(line.id) ?? nothing;
}

/** A line's money as ordered, in minor units of the shop currency; `subtotal` as Shopify says it. */
export function lineMoney(order: StoredOrder, line: LinePayload) {
  const minor = (text: unknown) => toMinor(String(text), booksOf(order).currencies.shop);
  const full = minor(line.price) * line.quantity;
  const discount = line.discount_allocations.reduce((sum, each) => sum + minor(each.amount), 0);
  const tax = line.tax_lines.reduce((sum, each) => sum + minor(each["price"]), 0);
  return { unit: minor(line.price), full, discount, subtotal: full - discount, tax };
}

/** What the customer pays for the goods of a line in the end: after discounts, without tax. */
export interface KeptLine {
  lineItemId: string;
  sku: string | null;
  giftCard: boolean;
  quantity: number;
  netMinor: number;
}

/** The oracle for what impact.com must end up with, from this side's own books. */
export function whatCustomerKept(order: StoredOrder): {
  lines: KeptLine[];
  discrepancyMinor: number;
} {
  const included = order.payload["taxes_included"] === true;
  const lines = linesOf(order).map((line) => {
    const money = lineMoney(order, line);
    const taken = takenFrom(order, line);
    const tax = included ? money.tax - taken.taxMinor : 0;
    return {
      lineItemId: line.id,
      sku: line.sku,
      giftCard: line.gift_card,
      quantity: line.quantity - taken.quantity,
      netMinor: money.subtotal - taken.subtotalMinor - tax,
    };
  });
  return { lines, discrepancyMinor: booksOf(order).discrepancyMinor };
}
