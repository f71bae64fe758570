import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import { fractionOf } from "#test/sandbox/shopify/checkout/fraction-of.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { moneySet } from "./money-set.ts";

export interface TaxRule {
  /** 0.2 for 20 %. */
  rate: number;
  /** Prices already contain the tax. */
  included: boolean;
}

export interface TaxLine {
  rate: number;
  minor: number;
}

export function taxOn(minor: number, { rate, included }: TaxRule): TaxLine | null {
  if (rate === 0) return null;
  return { rate, minor: fractionOf(minor, included ? rate / (1 + rate) : rate) };
}

export function taxLinesPayload(tax: TaxLine | null, currencies: OrderCurrencies) {
  if (tax === null) return [];
  return [
    {
      channel_liable: false,
      price: currencyAmount(tax.minor, currencies.shop),
      price_set: moneySet(tax.minor, currencies),
      rate: tax.rate,
      title: "VAT",
    },
  ];
}
