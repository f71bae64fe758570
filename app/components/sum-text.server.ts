import { formatMoney, type Money } from "#app/core/money.ts";

/** Currencies are never added up: $12.00 + €8.00. */
export function sumText(amounts: Money[]): string {
  return amounts.map((amount) => formatMoney(amount)).join(" + ");
}
