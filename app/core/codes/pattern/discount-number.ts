import { currencyDigits } from "../../money.ts";
import type { DiscountValue } from "../discount.ts";

/**
 * What {VALUE} stands for: "15" for 15 %, "10" for $10. A code takes no decimal point, so 12.5 % is
 * 12; nothing where no one number says it (free shipping) or it is below 1.
 */
export function discountNumber(value: DiscountValue, currency: string): string {
  const number = wholeNumber(value, currency);
  return number > 0 ? String(number) : "";
}

function wholeNumber(value: DiscountValue, currency: string): number {
  if (value.kind === "percentage") return Math.trunc(value.basisPoints / 100);
  if (value.kind === "amount" || value.kind === "amount-each")
    return Math.trunc(value.minor / 10 ** currencyDigits(currency));
  return 0;
}
