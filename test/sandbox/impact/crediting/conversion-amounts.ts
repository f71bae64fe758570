import { percentOf, spread, toMinor } from "../money.ts";
import type { Decimal } from "../money.ts";
import type { Conversion, ConversionItem } from "./read-conversion.ts";

export interface AmountLine {
  sku: string;
  name: string;
  category: string;
  quantity: number;
  amountMinor: number;
}

/** What the partner's payout is computed from, by impact.md §2.2; empty when no amount was sent. */
export function conversionAmounts(conversion: Conversion, currency: string): AmountLine[] {
  const lines = conversion.items.map((item) => ({
    sku: item.sku,
    name: item.name,
    category: item.category,
    quantity: item.quantity,
    amountMinor: itemAmount(item, currency),
  }));
  if (lines.length > 0) return lessOrderDiscount(lines, conversion, currency);
  return orderLevel(conversion, currency);
}

function itemAmount(item: ConversionItem, currency: string): number {
  const minor = (value: Decimal | null, times = 1) =>
    value === null ? 0 : toMinor(value, currency, times);
  const gross = minor(item.subTotal) + minor(item.unitPrice, item.quantity);
  const rate = item.discountRate === null ? 0 : percentOf(gross, item.discountRate);
  const discount = minor(item.unitDiscount, item.quantity) + minor(item.lineDiscount) + rate;
  return Math.max(0, gross - discount);
}

/** OrderDiscount is "subtracted proportionally from each item amount sent in". */
function lessOrderDiscount(
  lines: AmountLine[],
  conversion: Conversion,
  currency: string,
): AmountLine[] {
  const amounts = lines.map((line) => line.amountMinor);
  const total = amounts.reduce((a, b) => a + b, 0);
  const parts = spread(orderDiscount(conversion, total, currency), amounts);
  return lines.map((line, index) => ({
    ...line,
    amountMinor: line.amountMinor - (parts[index] ?? 0),
  }));
}

// "All actions contain at least one item": an order-level conversion has one without a SKU.
function orderLevel(conversion: Conversion, currency: string): AmountLine[] {
  const line = { sku: "", name: "", category: "", quantity: 1 };
  if (conversion.subTotalPostDiscount !== null)
    return [{ ...line, amountMinor: toMinor(conversion.subTotalPostDiscount, currency) }];
  if (conversion.amount === null) return [];
  const gross = toMinor(conversion.amount, currency);
  return [{ ...line, amountMinor: gross - orderDiscount(conversion, gross, currency) }];
}

function orderDiscount(conversion: Conversion, total: number, currency: string): number {
  const fixed = conversion.discount === null ? 0 : toMinor(conversion.discount, currency);
  const rate = conversion.discountRate === null ? 0 : percentOf(total, conversion.discountRate);
  return Math.min(total, fixed + rate);
}
