import { currencyAmount, currencyDigits } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { AppliedCode } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { discountClass } from "#test/sandbox/shopify/checkout/refuse-code.ts";

/** A discount that staff typed on a draft order: a title, no code. */
export interface DraftTitleDiscount {
  title: string;
  minor: number;
}

export function discountCodes(
  applied: readonly AppliedCode[],
  draft: DraftTitleDiscount | null,
  currency: string,
) {
  const codes = applied.map((code) => ({
    // As typed: whether Shopify writes the typed or the stored form is undocumented, and this
    // form is the one that breaks whoever compares with regard to case.
    code: code.typed,
    amount: currencyAmount(code.minor, currency),
    type: code.discount.value.kind === "percentage" ? "percentage" : "fixed_amount",
  }));
  if (draft === null) return codes;
  // Seen in real draft orders (shopify.md §4): the title stands where a code would.
  const amount = currencyAmount(draft.minor, currency);
  return [...codes, { code: draft.title, amount, type: "fixed_amount" }];
}

export function discountApplications(
  applied: readonly AppliedCode[],
  draft: DraftTitleDiscount | null,
  currency: string,
) {
  const target = { target_type: "line_item", target_selection: "all" };
  const ofCodes = applied.map(({ typed, discount }) => ({
    ...target,
    type: "discount_code",
    ...applicationValue(discount.value, currency),
    allocation_method: discountClass(discount) === "product" ? "each" : "across",
    code: typed,
  }));
  if (draft === null) return ofCodes;
  const manual = {
    ...target,
    type: "manual",
    ...applicationValue({ kind: "amount", minor: draft.minor }, currency),
    allocation_method: "across",
    title: draft.title,
    description: draft.title,
  };
  return [...ofCodes, manual];
}

type ApplicationValue =
  { kind: "percentage"; fraction: number } | { kind: "amount"; minor: number };

/** Values are decimals with at least one place ("10.0"), whatever the currency. */
function applicationValue(value: ApplicationValue, currency: string) {
  return value.kind === "percentage"
    ? { value: decimal(value.fraction * 100), value_type: "percentage" }
    : {
        value: decimal(value.minor / 10 ** currencyDigits(currency)),
        value_type: "fixed_amount",
      };
}

function decimal(value: number): string {
  const rounded = String(Number(value.toFixed(4)));
  return rounded.includes(".") ? rounded : `${rounded}.0`;
}
