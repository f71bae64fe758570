function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** "12.5" → 1250 for USD, 13 for JPY. */
export function toMinor(decimal: string, currency: string): number {
  return Math.round(Number(`${decimal}e${digitsOf(currency)}`));
}

/** 1250 → "12.50" for USD. */
function fromMinor(minor: number, currency: string): string {
  const digits = digitsOf(currency);
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
