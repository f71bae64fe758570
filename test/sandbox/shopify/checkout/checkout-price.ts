import type { Discount, Product, RedeemCode, Variant } from "#test/sandbox/shopify/state.ts";

export interface CartLine {
  /** Bare id or gid. */
  variantId: string;
  quantity: number;
}

export interface LineAllocation {
  /** Index into the checkout's applications. */
  application: number;
  minor: number;
}

export interface PricedLine {
  product: Product;
  variant: Variant;
  quantity: number;
  /** Unit price × quantity, before discounts. */
  fullPrice: number;
  allocations: LineAllocation[];
}

export interface AppliedCode {
  /** As the customer typed it. */
  typed: string;
  redeemCode: RedeemCode;
  discount: Discount;
  /** What the code takes off the order. */
  minor: number;
}

export type RefusalReason =
  | "unknown"
  | "not-started"
  | "expired"
  | "used-up"
  | "already-used"
  | "not-eligible"
  | "nothing-entitled"
  | "minimum-not-met"
  | "not-combinable"
  | "entered-twice"
  | "too-many";

export interface RefusedCode {
  typed: string;
  because: RefusalReason;
  message: string;
}

/** All amounts in minor units of the shop currency. `applied[i]` is application i. */
export interface CheckoutPrice {
  lines: PricedLine[];
  applied: AppliedCode[];
  refused: RefusedCode[];
  linesTotal: number;
  discountTotal: number;
  subtotal: number;
}

export function lineRemainder(line: PricedLine): number {
  return line.allocations.reduce((rest, allocation) => rest - allocation.minor, line.fullPrice);
}
