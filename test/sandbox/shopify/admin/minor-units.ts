import { currencyDigits } from "#test/sandbox/shopify/checkout/currency-amount.ts";

/** "12.5" → 1250 for USD, 13 for JPY. */
export function toMinor(decimal: string, currency: string): number {
  return Math.round(Number(`${decimal}e${currencyDigits(currency)}`));
}

/** 1250 → "12.50" for USD. */
function fromMinor(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

/** 1250 → "$12.50" for USD, as an English store's admin prints it. */
export function printMinor(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  return format.format(Number(fromMinor(minor, currency)));
}

export function moneyView(minor: number, currency: string) {
  return { amount: fromMinor(minor, currency), currencyCode: currency };
}
