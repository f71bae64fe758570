import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { moneySet } from "./money-set.ts";

/** In minor units of the shop currency. */
export interface OrderTotals {
  lines: number;
  discounts: number;
  subtotal: number;
  tax: number;
  shipping: number;
  /** In no subtotal: that is "before shipping, duties, taxes, and tips" (REST Order). */
  tip: number;
  total: number;
}

/**
 * Every amount at the order's top level, each as a string in shop money and as a money set. The
 * `current_*` ones are without what refunds and edits took away.
 */
export function orderAmounts(
  totals: OrderTotals,
  currencies: OrderCurrencies,
  { current, outstanding }: { current: OrderTotals; outstanding: number },
) {
  const amount = (minor: number) => currencyAmount(minor, currencies.shop);
  const set = (minor: number) => moneySet(minor, currencies);
  return {
    current_shipping_price_set: set(current.shipping),
    current_subtotal_price: amount(current.subtotal),
    current_subtotal_price_set: set(current.subtotal),
    current_total_additional_fees_set: null,
    current_total_discounts: amount(current.discounts),
    current_total_discounts_set: set(current.discounts),
    current_total_duties_set: null,
    current_total_price: amount(current.total),
    current_total_price_set: set(current.total),
    current_total_tax: amount(current.tax),
    current_total_tax_set: set(current.tax),
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    subtotal_price: amount(totals.subtotal),
    subtotal_price_set: set(totals.subtotal),
    total_cash_rounding_payment_adjustment_set: set(0),
    total_cash_rounding_refund_adjustment_set: set(0),
    total_discounts: amount(totals.discounts),
    total_discounts_set: set(totals.discounts),
    total_line_items_price: amount(totals.lines),
    total_line_items_price_set: set(totals.lines),
    total_outstanding: amount(outstanding),
    total_price: amount(totals.total),
    total_price_set: set(totals.total),
    total_shipping_price_set: set(totals.shipping),
    total_tax: amount(totals.tax),
    total_tax_set: set(totals.tax),
    total_tip_received: amount(totals.tip),
  };
}
