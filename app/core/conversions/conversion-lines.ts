import { earnedLines, type EarnedFrom, type EarnedLine } from "../orders/earned-lines.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import { partOfLines, type OrderPart } from "./part-of-lines.ts";

/** One item of a conversion. `subtotalMinor` is what the customer finally pays for it, by the basis. */
export interface ConversionLine {
  sku: string;
  name: string;
  category: string;
  brand: string | null;
  quantity: number;
  subtotalMinor: number;
}

/** impact.com's item text documents 255, its batch modifications 40 for a SKU: the shorter one counts. */
const LONGEST_SKU = 40;
const LONGEST_TEXT = 255;
const NO_PRODUCT_TYPE = "Uncategorized";

/**
 * The items impact.com is told of: line totals as they are earned, and never OrderDiscount beside
 * them. Lines that share a SKU are merged, since impact.com later finds an item by its SKU alone;
 * lines of which no unit is left are left out. `productTypes` is keyed by line id; `part` is the share
 * they are for, null the whole order.
 */
export function conversionLines(
  order: EarnedFrom,
  basis: AmountBasis,
  productTypes: ReadonlyMap<string, string>,
  part: OrderPart | null = null,
): ConversionLine[] {
  const bySku = new Map<string, ConversionLine>();
  for (const line of partOfLines(earnedLines(order, basis), part)) {
    const sku = skuOf(line);
    const before = bySku.get(sku);
    bySku.set(sku, {
      sku,
      name: before?.name ?? line.title.slice(0, LONGEST_TEXT),
      category: before?.category ?? categoryOf(line, productTypes),
      brand: before?.brand ?? line.vendor?.slice(0, LONGEST_TEXT) ?? null,
      quantity: (before?.quantity ?? 0) + line.quantity,
      subtotalMinor: (before?.subtotalMinor ?? 0) + line.amountMinor,
    });
  }
  return [...bySku.values()];
}

/** What all items come to, in minor units. */
export function totalMinor(lines: readonly Pick<ConversionLine, "subtotalMinor">[]): number {
  return lines.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0);
}

/** A line without a SKU, or with one too long, is named by itself: its variant may be deleted one day. */
export function skuOf(line: Pick<EarnedLine, "sku" | "lineId">): string {
  const sku = line.sku?.trim() ?? "";
  if (sku !== "" && sku.length <= LONGEST_SKU) return sku;
  return `line-${line.lineId}`;
}

function categoryOf({ lineId }: EarnedLine, productTypes: ReadonlyMap<string, string>): string {
  const productType = productTypes.get(lineId)?.trim();
  return (productType || NO_PRODUCT_TYPE).slice(0, LONGEST_TEXT);
}
