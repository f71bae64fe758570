import type { CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { discountClass } from "#test/sandbox/shopify/checkout/refuse-code.ts";
import type { OrderTotals } from "./order-amounts.ts";
import type { ShippingFacts } from "./order-payload.ts";
import type { TaxLine, TaxRule } from "./order-tax.ts";

/** The shipping chosen, with what a shipping code takes off it. */
export function shippingOf(
  shipping: { title: string; minor: number } | undefined,
  price: CheckoutPrice,
  takeLineId: () => string,
): ShippingFacts | null {
  if (!shipping) return null;
  const application = price.applied.findIndex(
    ({ discount }) => discountClass(discount) === "shipping",
  );
  const minor = price.applied[application]?.minor ?? 0;
  return { id: takeLineId(), ...shipping, discount: minor > 0 ? { application, minor } : null };
}

export function totalsOf(
  price: CheckoutPrice,
  tax: TaxLine | null,
  rule: TaxRule,
  shipping: ShippingFacts | null,
  tip: number,
): OrderTotals {
  const taxMinor = tax?.minor ?? 0;
  const shippingMinor = (shipping?.minor ?? 0) - (shipping?.discount?.minor ?? 0);
  return {
    lines: price.linesTotal,
    discounts: price.discountTotal,
    subtotal: price.subtotal,
    tax: taxMinor,
    shipping: shippingMinor,
    tip,
    total: price.subtotal + shippingMinor + tip + (rule.included ? 0 : taxMinor),
  };
}

export function sumOfTax(lines: { tax: TaxLine | null }[], { rate }: TaxRule): TaxLine | null {
  if (rate === 0) return null;
  return { rate, minor: lines.reduce((sum, line) => sum + (line.tax?.minor ?? 0), 0) };
}
