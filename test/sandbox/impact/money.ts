// ISO 4217: every other currency has two digits.
const noDigits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ");
const threeDigits = "BHD IQD JOD KWD LYD OMR TND".split(" ");

export function currencyDigits(currency: string): number {
  if (noDigits.includes(currency)) return 0;
  return threeDigits.includes(currency) ? 3 : 2;
}

/** A sent decimal, kept exact: the number is `units` / 10^`scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

export function readDecimal(text: string): Decimal {
  const [whole = "", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** To the currency's minor units, halves away from zero; `times` multiplies before rounding. */
export function toMinor(decimal: Decimal, currency: string, times = 1): number {
  const scaled = decimal.units * BigInt(times) * 10n ** BigInt(currencyDigits(currency));
  return Number(divide(scaled, 10n ** BigInt(decimal.scale)));
}

/** `percent` is a decimal such as "12.5". */
export function percentOf(minor: number, percent: string): number {
  const { units, scale } = readDecimal(percent);
  return Number(divide(BigInt(minor) * units, 100n * 10n ** BigInt(scale)));
}

/** minor × numerator / denominator, rounded; for scaling a line to another quantity. */
export function proportion(minor: number, numerator: number, denominator: number): number {
  return Number(divide(BigInt(minor) * BigInt(numerator), BigInt(denominator)));
}

/** Splits `total` over the weights so that the parts sum to it exactly. */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  let weightSoFar = 0;
  let spent = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const part = proportion(total, weightSoFar, sum) - spent;
    spent += part;
    return part;
  });
}

export function writeMinor(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const padded = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  const cut = padded.length - digits;
  return sign + (digits === 0 ? padded : `${padded.slice(0, cut)}.${padded.slice(cut)}`);
}

function divide(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const rounded = ((negative ? -numerator : numerator) * 2n + denominator) / (denominator * 2n);
  return negative ? -rounded : rounded;
}
