import { printMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";

function minimumWords({ minimum }: Discount, currency: string): string[] {
  if (!minimum) return [];
  return minimum.kind === "quantity"
    ? [`Minimum quantity of ${minimum.quantity}`]
    : [`Minimum purchase of ${printMinor(minimum.minor, currency)}`];
}

function offWords({ value }: Discount, currency: string): string {
  if (value.kind === "free-shipping") return "Free shipping on one-time purchase products";
  const off =
    value.kind === "percentage"
      ? `${Number((value.fraction * 100).toFixed(4))}%`
      : printMinor(value.minor, currency);
  return `${off} off one-time purchase products`;
}

/** In Shopify's words, as "10% off one-time purchase products • One use per customer". */
export function discountSummary(discount: Discount, currency: string): string {
  return [
    offWords(discount, currency),
    ...minimumWords(discount, currency),
    ...(discount.oncePerCustomer ? ["One use per customer"] : []),
  ].join(" • ");
}
