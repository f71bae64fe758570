import { finallyPaidFor } from "#test/journeys/order-matrix/finally-paid.ts";
import { booksOf, linesOf, whatCustomerKept } from "#test/sandbox/shopify/orders/order-books.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

/** What impact.com should hold of an order, in minor units, by Shopify's books. */
export interface Wanted {
  totalMinor: number;
  /** Each SKU's part, with fractions where money given back is spread. */
  bySku: ReadonlyMap<string, number>;
  unitsBySku: ReadonlyMap<string, number>;
  /** By how much a SKU may be off its part; the total never is. */
  slackMinor: number;
}

/** After discounts and without tax, as the shops' settings say. Every product has a SKU. */
export function wantedItems(order: StoredOrder, editsAppearAsRefunds: boolean): Wanted {
  const totalMinor = finallyPaidFor(order, "net");
  const lines = whatCustomerKept(order).lines.filter(({ giftCard }) => !giftCard);
  const keptMinor = lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  const bySku = new Map<string, number>();
  const unitsBySku = new Map<string, number>();
  for (const { sku, netMinor, quantity } of lines) {
    const part = keptMinor === 0 ? 0 : (netMinor * totalMinor) / keptMinor;
    bySku.set(sku ?? "", (bySku.get(sku ?? "") ?? 0) + part);
    unitsBySku.set(sku ?? "", (unitsBySku.get(sku ?? "") ?? 0) + quantity);
  }
  // How an edit outside refunds, or the last minor units of money back, lie between lines is a guess.
  const isExact = totalMinor === keptMinor && editsAppearAsRefunds;
  const slackMinor = isExact ? 0 : linesOf(order).length + unitsGone(order);
  return { totalMinor, bySku, unitsBySku, slackMinor };
}

function unitsGone(order: StoredOrder): number {
  return [...booksOf(order).taken.values()].reduce((sum, { quantity }) => sum + quantity, 0);
}

interface Item {
  sku: string;
  quantity: number;
  amountMinor: number;
}

/**
 * The SKUs that are off their part, or hold other units than the customer keeps. SKUs that impact.com
 * was not told of at first are carried by one that it knows, which may be over by just that.
 */
export function skusOff(
  { bySku, unitsBySku, slackMinor }: Wanted,
  items: readonly Item[],
): string[] {
  const held = new Set(items.map(({ sku }) => sku));
  const carried = carriedBy(bySku, held);
  const unitsCarried = carriedBy(unitsBySku, held);
  const off = items
    .map(({ sku, amountMinor, quantity }) => ({
      sku,
      byMinor: amountMinor - (bySku.get(sku) ?? 0),
      byUnits: quantity - (unitsBySku.get(sku) ?? 0),
    }))
    .filter(({ byMinor, byUnits }) => Math.abs(byMinor) > slackMinor || byUnits !== 0);
  const [first, ...others] = off;
  if (!first) return unitsCarried === 0 ? [] : [...held];
  const isCarrier =
    Math.abs(first.byMinor - carried) <= slackMinor + 0.5 && first.byUnits === unitsCarried;
  return others.length === 0 && isCarrier ? [] : off.map(({ sku }) => sku);
}

function carriedBy(parts: ReadonlyMap<string, number>, held: ReadonlySet<string>): number {
  return [...parts].reduce((sum, [sku, part]) => sum + (held.has(sku) ? 0 : part), 0);
}
