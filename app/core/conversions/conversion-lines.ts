import { netMinor, type OrderFacts, type OrderLine } from "../orders/order-facts.ts";

/** One item of a conversion. `subtotalMinor` is the line's total net of discounts and tax. */
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
 * The items impact.com is told of: net line totals, and never OrderDiscount beside them. Lines that
 * share a SKU are merged, since impact.com later finds an item by its SKU alone.
 * `productTypes` is keyed by line id.
 */
export function conversionLines(
  facts: OrderFacts,
  productTypes: ReadonlyMap<string, string>,
): ConversionLine[] {
  const bySku = new Map<string, ConversionLine>();
  for (const line of facts.lines) {
    const sku = skuOf(line);
    const before = bySku.get(sku);
    bySku.set(sku, {
      sku,
      name: before?.name ?? line.title.slice(0, LONGEST_TEXT),
      category: before?.category ?? categoryOf(line, productTypes),
      brand: before?.brand ?? line.vendor?.slice(0, LONGEST_TEXT) ?? null,
      quantity: (before?.quantity ?? 0) + line.quantity,
      subtotalMinor: (before?.subtotalMinor ?? 0) + netMinor(facts, line),
    });
  }
  return [...bySku.values()];
}

/** A line without a SKU, or with one too long, is named by its variant, or by itself. */
function skuOf(line: OrderLine): string {
  const sku = line.sku?.trim() ?? "";
  if (sku !== "" && sku.length <= LONGEST_SKU) return sku;
  return line.variantId ? `variant-${line.variantId}` : `line-${line.lineId}`;
}

function categoryOf(line: OrderLine, productTypes: ReadonlyMap<string, string>): string {
  const productType = productTypes.get(line.lineId)?.trim();
  return (productType || NO_PRODUCT_TYPE).slice(0, LONGEST_TEXT);
}
