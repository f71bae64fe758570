import { currencyDigits, readDecimal, toMinor } from "./money.ts";
import type { Account } from "./state.ts";

/** And back, to the nearest. */
export function exchangeBack(account: Account, minor: number, to: string): number {
  if (to === account.currency) return minor;
  const units = minor / 10 ** currencyDigits(account.currency);
  return Math.round((units / Number(account.exchangeRates[to] ?? "1")) * 10 ** currencyDigits(to));
}

/** Minor units of another currency in those of the account's, at the account's set rate. */
export function exchange(account: Account, minor: number, from: string): number {
  if (from === account.currency) return minor;
  const rate = readDecimal(account.exchangeRates[from] ?? "1");
  const scale = rate.scale + currencyDigits(from);
  return toMinor({ units: BigInt(minor) * rate.units, scale }, account.currency);
}
