import type { AmountBasis } from "../shops/report-settings.ts";
import { earnedLines, wholeMinor } from "./earned-lines.ts";
import { isGoods, type OrderFacts, type OrderLine } from "./order-facts.ts";
import type { Order } from "./order.ts";

/** How one line's amount comes about: gross + discount + tax = ordered, and ordered + taken = earned. */
export interface ArithmeticLine {
  lineId: string;
  title: string;
  sku: string | null;
  giftCard: boolean;
  tip: boolean;
  units: number;
  unitsKept: number;
  grossMinor: number;
  /** Negative, or 0. */
  discountMinor: number;
  /** Negative where it was in the price, positive where it is counted on top. */
  taxMinor: number;
  orderedMinor: number;
  /** What refunds, edits and a cancellation took away: negative, or 0. */
  takenMinor: number;
  earnedMinor: number;
}

type Step = "grossMinor" | "discountMinor" | "taxMinor" | "orderedMinor" | "takenMinor";
export type ArithmeticTotals = Record<Step | "earnedMinor", number>;

/** The way from an order's prices to what is earned now, line by line, in minor units. */
export function orderArithmetic(
  order: Pick<Order, "facts" | "refunds" | "deletedAt">,
  basis: AmountBasis,
): { lines: ArithmeticLine[]; totals: ArithmeticTotals } {
  const earned = new Map(earnedLines(order, basis).map((line) => [line.lineId, line]));
  const lines = order.facts.lines.map((line) => {
    const left = earned.get(line.lineId);
    const steps = stepsOf(order.facts, line, basis);
    const orderedMinor = steps.grossMinor + steps.discountMinor + steps.taxMinor;
    const earnedMinor = left?.amountMinor ?? 0;
    const takenMinor = earnedMinor - orderedMinor;
    const { lineId, title, sku, giftCard, tip, quantity: units } = line;
    const unitsKept = left?.quantity ?? 0;
    return {
      ...{ lineId, title, sku, giftCard, tip, units, unitsKept },
      ...{ ...steps, orderedMinor, takenMinor, earnedMinor },
    };
  });
  return { lines, totals: totalsOf(lines) };
}

/** A gift card or a tip is money and no goods: nothing of it counts. */
function stepsOf(facts: OrderFacts, line: OrderLine, basis: AmountBasis) {
  if (!isGoods(line)) return { grossMinor: 0, discountMinor: 0, taxMinor: 0 };
  const { grossMinor } = line;
  const { taxesIncluded } = facts;
  if (basis === "gross") {
    return { grossMinor, discountMinor: 0, taxMinor: wholeMinor(facts, line, basis) - grossMinor };
  }
  const includedTax = taxesIncluded ? 0 - line.taxMinor : 0;
  const discountMinor = 0 - line.discountMinor;
  if (basis === "net") return { grossMinor, discountMinor, taxMinor: includedTax };
  return { grossMinor, discountMinor, taxMinor: taxesIncluded ? 0 : line.taxMinor };
}

function totalsOf(lines: ArithmeticLine[]): ArithmeticTotals {
  const sum = (step: keyof ArithmeticTotals) =>
    lines.reduce((total, line) => total + line[step], 0);
  return {
    grossMinor: sum("grossMinor"),
    discountMinor: sum("discountMinor"),
    taxMinor: sum("taxMinor"),
    orderedMinor: sum("orderedMinor"),
    takenMinor: sum("takenMinor"),
    earnedMinor: sum("earnedMinor"),
  };
}
