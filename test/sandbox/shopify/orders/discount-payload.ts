import { currencyAmount, currencyDigits } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { AppliedCode } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { discountClass } from "#test/sandbox/shopify/checkout/refuse-code.ts";

/** A discount without a code: typed by staff on a draft order, or given by the shop by itself. */
export interface TitledDiscount {
  type: "manual" | "automatic";
  title: string;
  minor: number;
}

export function discountCodes(
  applied: readonly AppliedCode[],
  titled: readonly TitledDiscount[],
  currency: string,
) {
  const codes = applied.map((code) => ({
    // As typed: whether Shopify writes the typed or the stored form is undocumented, and this
    // form is the one that breaks whoever compares with regard to case.
    code: code.typed,
    amount: currencyAmount(code.minor, currency),
    type: codeType(code),
  }));
  // Seen in real draft orders (shopify.md §4): the title stands where a code would.
  const typedTitles = titled.filter(({ type }) => type === "manual");
  const asCodes = typedTitles.map(({ title, minor }) => ({
    code: title,
    amount: currencyAmount(minor, currency),
    type: "fixed_amount",
  }));
  return [...codes, ...asCodes];
}

function codeType({ discount }: AppliedCode): string {
  if (discount.value.kind === "free-shipping") return "shipping";
  return discount.value.kind === "percentage" ? "percentage" : "fixed_amount";
}

export function discountApplications(
  applied: readonly AppliedCode[],
  titled: readonly TitledDiscount[],
  currency: string,
) {
  const ofCodes = applied.map(({ typed, discount }) => {
    const kind = discountClass(discount);
    return {
      target_type: kind === "shipping" ? "shipping_line" : "line_item",
      // REST's Order: "entitled" is what matches the discount's own conditions.
      target_selection: discount.items ? "entitled" : "all",
      type: "discount_code",
      ...applicationValue(discount.value, currency),
      allocation_method: isOnEach(discount) ? "each" : "across",
      code: typed,
    };
  });
  const ofTitles = titled.map(({ type, title, minor }) => ({
    target_type: "line_item",
    target_selection: "all",
    type,
    ...applicationValue({ kind: "amount", minor }, currency),
    allocation_method: "across",
    title,
    ...(type === "manual" && { description: title }),
  }));
  return [...ofCodes, ...ofTitles];
}

function isOnEach({ value }: AppliedCode["discount"]): boolean {
  return value.kind === "free-shipping" || (value.kind === "amount" && value.onEachItem);
}

type ApplicationValue =
  | { kind: "percentage"; fraction: number }
  | { kind: "amount"; minor: number }
  | { kind: "free-shipping" };

/** Values are decimals with at least one place ("10.0"), whatever the currency. */
function applicationValue(value: ApplicationValue, currency: string) {
  if (value.kind === "amount") {
    const amount = decimal(value.minor / 10 ** currencyDigits(currency));
    return { value: amount, value_type: "fixed_amount" };
  }
  const fraction = value.kind === "percentage" ? value.fraction : 1;
  return { value: decimal(fraction * 100), value_type: "percentage" };
}

function decimal(value: number): string {
  const rounded = String(Number(value.toFixed(4)));
  return rounded.includes(".") ? rounded : `${rounded}.0`;
}
