import { failure, success, type Problem, type Result } from "./result.ts";

/** An amount in the currency's own minor units: 1250 is $12.50, ¥1250 or KWD 1.250. */
export interface Money {
  minor: number;
  /** ISO 4217. */
  currency: string;
}

/** Currencies whose minor unit is not a hundredth. Source: ISO 4217, list one. */
const DIGITS: Record<number, readonly string[]> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "),
  3: "BHD IQD JOD KWD LYD OMR TND".split(" "),
  4: "CLF UYW".split(" "),
};

const DIGITS_BY_CURRENCY = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) => codes.map((code) => [code, Number(digits)])),
);

export function currencyDigits(currency: string): number {
  return DIGITS_BY_CURRENCY.get(currency) ?? 2;
}

/** Reads a decimal string ("12.5") into minor units; digits the currency has not may only be zeros. */
export function parseMoney(text: string, currency: string): Result<Money, Problem<"bad-amount">> {
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(text.trim());
  const digits = currencyDigits(currency);
  const fraction = (match?.[3] ?? "").padEnd(digits, "0");
  if (!match || /[1-9]/.test(fraction.slice(digits))) return failure(badAmount(text, currency));
  const minor = Number(`${match[2]}${fraction.slice(0, digits)}`);
  if (!Number.isSafeInteger(minor)) return failure(badAmount(text, currency));
  return success({ minor: match[1] && minor ? -minor : minor, currency });
}

function badAmount(text: string, currency: string): Problem<"bad-amount"> {
  return {
    kind: "bad-amount",
    retry: "never",
    message: `“${text.slice(0, 40)}” is no amount in ${currency}. Write it with digits and at most ${currencyDigits(currency)} decimals.`,
  };
}

/** Minor units as a decimal string with the currency's digits, as APIs want it: 1250 USD → "12.50". */
export function toDecimal({ minor, currency }: Money): string {
  const digits = currencyDigits(currency);
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
}

/** Minor units as people read them: $12.50, ¥1,250. */
export function formatMoney(money: Money, locale = "en"): string {
  const digits = currencyDigits(money.currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // The exact decimal goes in as a string: a float would round large amounts.
  }).format(toDecimal(money) as unknown as number);
}
