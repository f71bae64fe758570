import { remembered } from "#test/sandbox/remembered.ts";

/** ISO 4217 minor-unit digits: JPY 0, USD 2, KWD 3. */
export const currencyDigits = remembered((currency) => {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
});

/** 1250 USD minor units → "12.50"; 1250 JPY → "1250". */
export function currencyAmount(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  if (digits === 0) return String(minor);
  const sign = minor < 0 ? "-" : "";
  const padded = String(Math.abs(minor)).padStart(digits + 1, "0");
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
