import { z } from "zod";
import { parseMoney } from "#app/core/money.ts";
import type { CurrentTotals, OrderFacts, Refund } from "#app/core/orders/order-facts.ts";
import { currencyCode, fields, ifReadable, maybe, text, type Shaped } from "./json-shapes.ts";

/** Numeric ids and amounts come as JSON numbers or as strings. */
export const anyDigits = z.union([z.string(), z.number()]).transform(String);
export const anyInstant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** A number went through floats on Shopify's side: what stands after six decimals is noise. */
export const amount = maybe<string>((value, places) =>
  typeof value === "number" && Number.isFinite(value)
    ? String(Number(value.toFixed(6)))
    : text(value, places),
);
const shopMoney = fields({ amount, currency_code: maybe(currencyCode) });
export const moneySet = ifReadable(maybe(fields({ shop_money: shopMoney })));

type Amount = Shaped<typeof amount>;
type MoneySet = Shaped<typeof moneySet>;

/** Carries a sentence about an amount that can't be read out of a mapping. */
export class AmountError extends Error {}

/** Decimal text → minor units. Throws AmountError where it is no amount in the currency. */
export function inMinorUnits(currency: string): (text: string) => number {
  return (text) => {
    const money = parseMoney(text, currency);
    if (!money.ok) throw new AmountError(money.problem.message);
    return money.value.minor;
  };
}

/** Throws AmountError where amounts, or all of them together, pass what can be counted exactly. */
function mustBeExact(amounts: readonly number[]): void {
  const sum = amounts.reduce((total, minor) => total + Math.abs(minor), 0);
  if (!Number.isSafeInteger(sum)) throw new AmountError("its amounts are too large");
}

/** The same for all that an order's facts say. */
export function withExactAmounts(facts: OrderFacts): OrderFacts {
  mustBeExact(
    facts.lines.flatMap(({ grossMinor, discountMinor, taxMinor }) => [
      grossMinor,
      discountMinor,
      taxMinor,
    ]),
  );
  facts.refunds.forEach(withExactRefund);
  return facts;
}

/** The same for a refund. */
export function withExactRefund(refund: Refund): Refund {
  const lines = refund.lines.flatMap(({ subtotalMinor, taxMinor }) => [subtotalMinor, taxMinor]);
  mustBeExact([...lines, refund.adjustmentMinor]);
  return refund;
}

/**
 * The amount in the shop's currency as text: the set names its currency, while some plain fields
 * are in the customer's. Throws AmountError where there is neither.
 */
export function shopAmount(plain: Amount, set: MoneySet): string {
  const stated = set?.shop_money.amount ?? plain;
  if (stated === null) throw new AmountError("an amount is missing");
  return stated;
}

/** An order's current totals from decimal text in the shop's currency; no order is lost for them. */
export function currentTotals(
  currency: string,
  subtotal: Amount,
  tax: Amount,
): CurrentTotals | null {
  const [subtotalMoney, taxMoney] = [subtotal, tax].map((text) => parseMoney(text ?? "", currency));
  if (!subtotalMoney?.ok || !taxMoney?.ok) return null;
  return { subtotalMinor: subtotalMoney.value.minor, taxMinor: taxMoney.value.minor };
}
