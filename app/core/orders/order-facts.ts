import type { ToldClick } from "../attribution/gather-clicks.ts";
import type { OrderId } from "../ids.ts";

/**
 * What is kept of a Shopify order: enough to attribute, report and explain it, and nothing that
 * names the customer. Amounts are minor units of the shop's currency.
 */
export interface OrderFacts {
  orderId: OrderId;
  /** As the merchant sees it: #1001. */
  name: string;
  currency: string;
  placedAt: Date;
  /** Shopify's updated_at: of two versions the newer one is true. */
  updatedAt: Date;
  cancelledAt: Date | null;
  /** Shopify's word: customer, fraud, inventory, declined, staff, other. */
  cancelReason: string | null;
  financialStatus: FinancialStatus | null;
  test: boolean;
  sourceName: string;
  /** Only codes a customer typed (applications of type discount_code), in the order entered. */
  typedCodes: string[];
  /** Click ids that came with the order, the most trusted first. */
  clicks: ToldClick[];
  /** Names the order's checkout to whoever was there, and tells nobody else its token. */
  checkoutHash: string | null;
  taxesIncluded: boolean;
  /** What each typed code took off the lines, in turn; null in facts stored before 2026-11-26. */
  tookMinor: number[] | null;
  lines: OrderLine[];
  /** What this version of the order says its lines come to now; null where it was not told. */
  current: CurrentTotals | null;
  /** Those this version of the order knows of; others may have come by themselves. */
  refunds: Refund[];
  /** Of the trimmed, lower-cased e-mail address. */
  emailSha1: string | null;
}

/**
 * Without what refunds of units and edits took away, and before money given back beyond them
 * (Admin GraphQL: refundDiscrepancySet stands beside it).
 */
export interface CurrentTotals {
  /** After discounts, without shipping, with tax where the shop's prices include it. */
  subtotalMinor: number;
  taxMinor: number;
}

export interface OrderLine {
  lineId: string;
  sku: string | null;
  variantId: string | null;
  title: string;
  vendor: string | null;
  /** As ordered; edits can raise it. */
  quantity: number;
  /** Without the units that edits and refunds took away. */
  currentQuantity: number;
  /** A gift card is money and no goods: nobody earns it before it is spent. */
  giftCard: boolean;
  /** Money for whoever served, and no goods either: nobody earns it. */
  tip: boolean;
  /** Unit price × quantity, before discounts. */
  grossMinor: number;
  /** Every discount allocated to this line. */
  discountMinor: number;
  taxMinor: number;
}

export type FinancialStatus =
  | "pending"
  | "authorized"
  | "partially_paid"
  | "paid"
  | "partially_refunded"
  | "refunded"
  | "voided"
  | "expired";

/** Its id is its identity, wherever it was heard of; what it says may change while it is paid out. */
export interface Refund {
  refundId: string;
  createdAt: Date;
  /** When it last changed, which Admin GraphQL alone tells. */
  updatedAt?: Date;
  lines: RefundLine[];
  /**
   * Signed sum of Shopify's order adjustments except shipping, their tax included: negative is money
   * given back beyond the lines, positive is money kept back from them.
   */
  adjustmentMinor: number;
}

export interface RefundLine {
  lineId: string;
  quantity: number;
  /** As Shopify states it: after discounts, with tax where the shop's prices include it. */
  subtotalMinor: number;
  taxMinor: number;
}

/** What partners can earn: neither a gift card nor a tip. */
export function isGoods({ giftCard, tip }: Pick<OrderLine, "giftCard" | "tip">): boolean {
  return !giftCard && !tip;
}

/** What the customer pays for a line's goods: after discounts, without tax. */
export function netMinor(facts: Pick<OrderFacts, "taxesIncluded">, line: OrderLine): number {
  const includedTax = facts.taxesIncluded ? line.taxMinor : 0;
  return line.grossMinor - line.discountMinor - includedTax;
}

/** The order's value for partners: all goods net of discounts, tax and shipping left out. */
export function orderNetMinor(facts: OrderFacts): number {
  return facts.lines.filter(isGoods).reduce((sum, line) => sum + netMinor(facts, line), 0);
}

/**
 * All but the refunds, which add up, the customer's hash, which may have been forgotten, and the clicks,
 * which Shopify's two ways to tell an order know from different places.
 */
const COMPARED = [
  "orderId",
  "name",
  "currency",
  "placedAt",
  "updatedAt",
  "cancelledAt",
  "cancelReason",
  "financialStatus",
  "test",
  "sourceName",
  "typedCodes",
  "taxesIncluded",
  "tookMinor",
  "lines",
  "lineId",
  "sku",
  "variantId",
  "title",
  "vendor",
  "quantity",
  "currentQuantity",
  "giftCard",
  "tip",
  "grossMinor",
  "discountMinor",
  "taxMinor",
  "current",
  "subtotalMinor",
] satisfies (keyof OrderFacts | keyof OrderLine | keyof CurrentTotals)[];

/** Whether two versions of an order differ in nothing that matters here. */
export function saysTheSame(one: OrderFacts, other: OrderFacts): boolean {
  return isSame(one, other);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((part, index) => isSame(part, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  return COMPARED.every((name) => isSame(one[name], other[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
