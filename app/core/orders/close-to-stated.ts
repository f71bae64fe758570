import { apportion, shareOf } from "../apportion.ts";
import type { OrderFacts, OrderLine, Refund } from "./order-facts.ts";

/** What is left of a line, in minor units. */
export interface Settled {
  /** After discounts, with tax where the shop's prices include it. */
  subtotalMinor: number;
  taxMinor: number;
}

/** A line's amount that lies between two bounds, and the likeliest. */
interface Guess {
  least: number;
  likely: number;
  most: number;
}

/** A line without what refunds state; `gone` units of it an edit took off without a refund. */
interface Left extends Settled {
  line: OrderLine;
  units: number;
  gone: number;
}

/**
 * The lines that units were taken off by edits no refund tells of, by line id: what those units were
 * worth follows from what Shopify says all lines come to now. Empty where it says nothing, where a
 * refund is newer than that, or where what it says can't be: each line then keeps its average.
 */
export function closeToStated(
  facts: OrderFacts,
  refunds: readonly Refund[],
): ReadonlyMap<string, Settled> {
  const { current } = facts;
  const lines = facts.lines.filter(({ quantity }) => quantity > 0);
  const left = lines.map((line) => leftOf(line, refunds));
  const open = left.filter(
    ({ line, gone, subtotalMinor }) => !line.tip && gone > 0 && subtotalMinor > 0,
  );
  const isNewer = refunds.some(({ createdAt }) => createdAt > facts.updatedAt);
  if (!current || isNewer || open.length === 0) return new Map();

  const sure = left.filter((one) => !open.includes(one));
  const subtotals = subtotalsOf(open, sure, current.subtotalMinor);
  if (!subtotals) return new Map();
  const taxes = taxesOf(open, subtotals);
  const taxLeft = current.taxMinor - sum(sure.map(({ taxMinor }) => taxMinor));
  // Other tax may be in it, such as shipping's: then each line's rate has to do.
  const closed = closeTo(taxLeft, taxes) ?? taxes.map(({ likely }) => likely);
  const settled = open.map(({ line }, index): [string, Settled] => [
    line.lineId,
    { subtotalMinor: subtotals[index] ?? 0, taxMinor: closed[index] ?? 0 },
  ]);
  return new Map(settled);
}

function leftOf(line: OrderLine, refunds: readonly Refund[]): Left {
  const taken = refunds.flatMap(({ lines }) =>
    lines.filter(({ lineId }) => lineId === line.lineId),
  );
  const unrefunded = line.quantity - sum(taken.map(({ quantity }) => quantity));
  const units = Math.max(0, Math.min(line.currentQuantity, unrefunded));
  return {
    line,
    units,
    gone: Math.max(0, unrefunded - units),
    subtotalMinor:
      line.grossMinor - line.discountMinor - sum(taken.map((one) => one.subtotalMinor)),
    taxMinor: line.taxMinor - sum(taken.map((one) => one.taxMinor)),
  };
}

/**
 * Shopify's documents leave open whether gift cards are in the subtotal (subtotalLineItemsQuantity is
 * without them), and say that tips are not (REST's subtotal_price), which may not be so. A unit is
 * worth no more than its price, which mostly tells.
 */
function subtotalsOf(open: readonly Left[], sure: readonly Left[], stated: number) {
  const guesses = open.map(subtotalGuess);
  const untipped = sure.filter(({ line }) => !line.tip);
  const readings = [
    untipped,
    untipped.filter(({ line }) => !line.giftCard),
    sure,
    sure.filter(({ line }) => !line.giftCard),
  ];
  for (const lines of readings) {
    const rest = stated - sum(lines.map((one) => one.subtotalMinor));
    const amounts = closeTo(rest, guesses);
    if (amounts) return amounts;
  }
  return null;
}

function subtotalGuess({ line, units, gone, subtotalMinor }: Left): Guess {
  const priceOf = (count: number) => shareOf(line.grossMinor, count, line.quantity);
  return {
    least: Math.max(0, subtotalMinor - priceOf(gone)),
    likely: shareOf(subtotalMinor, units, units + gone),
    most: Math.min(subtotalMinor, priceOf(units)),
  };
}

/** By the line's own rate, and for each unit that went a minor unit of rounding more or less. */
function taxesOf(open: readonly Left[], subtotals: readonly number[]): Guess[] {
  return open.map(({ gone, subtotalMinor, taxMinor }, index) => {
    const whole = Math.max(0, taxMinor);
    const likely = shareOf(whole, subtotals[index] ?? 0, subtotalMinor);
    return { likely, least: Math.max(0, likely - gone), most: Math.min(whole, likely + gone) };
  });
}

/** Amounts that sum to `total`, each off its guess by its part of the room; null where none do. */
function closeTo(total: number, guesses: readonly Guess[]): number[] | null {
  const off = total - sum(guesses.map(({ likely }) => likely));
  const rooms = guesses.map(({ least, likely, most }) =>
    Math.max(0, off < 0 ? likely - least : most - likely),
  );
  if (Math.abs(off) > sum(rooms)) return null;
  const steps = apportion(Math.abs(off), rooms);
  return guesses.map(({ likely }, index) => likely + Math.sign(off) * (steps[index] ?? 0));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, each) => all + each, 0);
}
