import { currencyAmount, currencyDigits } from "#test/sandbox/shopify/checkout/currency-amount.ts";

export interface OrderCurrencies {
  shop: string;
  presentment: string;
  /** Presentment currency units for one unit of the shop currency. */
  exchangeRate: number;
}

export interface MoneySet {
  shop_money: { amount: string; currency_code: string };
  presentment_money: { amount: string; currency_code: string };
}

/**
 * Each amount is converted by itself, so that presentment parts may miss their sum by a unit:
 * Shopify rounds shop and presentment money separately too.
 */
export function moneySet(minor: number, currencies: OrderCurrencies): MoneySet {
  const { shop, presentment, exchangeRate } = currencies;
  const scale = 10 ** (currencyDigits(presentment) - currencyDigits(shop));
  const converted = shop === presentment ? minor : Math.round(minor * exchangeRate * scale);
  return {
    shop_money: { amount: currencyAmount(minor, shop), currency_code: shop },
    presentment_money: {
      amount: currencyAmount(converted, presentment),
      currency_code: presentment,
    },
  };
}
