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
  test: boolean;
  sourceName: string;
  /** Only codes a customer typed (applications of type discount_code), in the order entered. */
  typedCodes: string[];
  taxesIncluded: boolean;
  lines: OrderLine[];
  /** Of the trimmed, lower-cased e-mail address. */
  emailSha1: string | null;
}

export interface OrderLine {
  lineId: string;
  sku: string | null;
  variantId: string | null;
  title: string;
  vendor: string | null;
  quantity: number;
  /** Unit price × quantity, before discounts. */
  grossMinor: number;
  /** Every discount allocated to this line. */
  discountMinor: number;
  taxMinor: number;
}

/** What the customer pays for a line's goods: after discounts, without tax. */
export function netMinor(facts: Pick<OrderFacts, "taxesIncluded">, line: OrderLine): number {
  const includedTax = facts.taxesIncluded ? line.taxMinor : 0;
  return line.grossMinor - line.discountMinor - includedTax;
}

/** The order's value for partners: all lines net of discounts, tax and shipping left out. */
export function orderNetMinor(facts: OrderFacts): number {
  return facts.lines.reduce((sum, line) => sum + netMinor(facts, line), 0);
}
