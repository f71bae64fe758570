import { finallyPaidFor } from "#test/journeys/order-matrix/finally-paid.ts";
import { booksOf, linesOf, whatCustomerKept } from "#test/sandbox/shopify/orders/order-books.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

/** What impact.com should hold of an order, in minor units, by Shopify's books. */
export interface Wanted {
  totalMinor: number;
  /** Each SKU's part, with fractions where money given back is spread. */
  bySku: ReadonlyMap<string, number>;
  /** By how much a SKU may be off its part; the total never is. */
  slackMinor: number;
}

/** After discounts and without tax, as the shops' settings say. Every product has a SKU. */
export function wantedItems(order: StoredOrder, editsAppearAsRefunds: boolean): Wanted {
  const totalMinor = finallyPaidFor(order, "net");
  const lines = whatCustomerKept(order).lines.filter(({ giftCard }) => !giftCard);
  const keptMinor = lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  const bySku = new Map<string, number>();
  for (const { sku, netMinor } of lines) {
    const part = keptMinor === 0 ? 0 : (netMinor * totalMinor) / keptMinor;
    bySku.set(sku ?? "", (bySku.get(sku ?? "") ?? 0) + part);
  }
  // How an edit outside refunds, or the last minor units of money back, lie between lines is a guess.
  const isExact = totalMinor === keptMinor && editsAppearAsRefunds;
  return { totalMinor, bySku, slackMinor: isExact ? 0 : linesOf(order).length + unitsGone(order) };
}

function unitsGone(order: StoredOrder): number {
  return [...booksOf(order).taken.values()].reduce((sum, { quantity }) => sum + quantity, 0);
}

/**
 * The SKUs that are off their part. SKUs that impact.com was not told of at first are carried by one
 * that it knows, which may be over by just that.
 */
export function skusOff(
  { bySku, slackMinor }: Wanted,
  items: readonly { sku: string; amountMinor: number }[],
): string[] {
  const held = new Map(items.map(({ sku, amountMinor }) => [sku, amountMinor]));
  const carried = [...bySku].reduce((sum, [sku, part]) => sum + (held.has(sku) ? 0 : part), 0);
  const off = [...held]
    .map(([sku, amountMinor]) => ({ sku, byMinor: amountMinor - (bySku.get(sku) ?? 0) }))
    .filter(({ byMinor }) => Math.abs(byMinor) > slackMinor);
  const isCarrier = ({ byMinor }: { byMinor: number }) =>
    Math.abs(byMinor - carried) <= slackMinor + 0.5;
  const [first, ...others] = off;
  if (!first || (others.length === 0 && isCarrier(first))) return [];
  return off.map(({ sku }) => sku);
}
