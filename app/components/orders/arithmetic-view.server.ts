import { formatMoney } from "#app/core/money.ts";
import type { ArithmeticLine, ArithmeticTotals } from "#app/core/orders/order-arithmetic.ts";
import { orderArithmetic } from "#app/core/orders/order-arithmetic.ts";
import { isGoods, type Refund } from "#app/core/orders/order-facts.ts";
import type { OrderHistory } from "#app/core/orders/order-timeline.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import type { TimeFormats } from "../time-formats.server.ts";

export type ArithmeticView = ReturnType<typeof arithmeticView>;

const EXPLAINED: Record<AmountBasis, string> = {
  net: "What the partner is paid for: prices after discounts, without tax and shipping.",
  "net-with-tax":
    "What the partner is paid for: prices after discounts, with tax, without shipping.",
  gross: "What the partner is paid for: prices before discounts, without tax and shipping.",
};

/** How an order's amount comes about and what has become of it, with the columns that say something. */
export function arithmeticView({ order, amountBasis }: OrderHistory, times: TimeFormats) {
  const { lines, totals } = orderArithmetic(order, amountBasis);
  const money = moneyIn(order.currency);
  const isChanged = lines.some((line) => line.takenMinor !== 0 || isShort(line));
  return {
    explained: EXPLAINED[amountBasis],
    hasDiscount: amountBasis !== "gross",
    taxTitle: taxTitle(order, amountBasis),
    isChanged,
    lines: lines.map((line) => ({
      id: line.lineId,
      title: line.title,
      sku: line.sku,
      units: line.units,
      note: noteOf(line),
      ...amountsOf(line, money),
    })),
    totals: amountsOf(totals, money),
    refunds: order.refunds.map((refund) => refundView(order, refund, times)),
  };
}

/** Null: tax plays no part. */
function taxTitle({ facts }: Order, basis: AmountBasis): string | null {
  if (facts.taxesIncluded) return basis === "net-with-tax" ? null : "Included tax";
  return basis === "net-with-tax" ? "Tax" : null;
}

function isShort(line: ArithmeticLine): boolean {
  return isGoods(line) && line.unitsKept < line.units;
}

function noteOf(line: ArithmeticLine): string | null {
  if (line.giftCard) return "A gift card is money and counts when it is spent.";
  if (line.tip) return "A tip is no sale of goods: partners aren't paid for it.";
  if (!isShort(line)) return null;
  return line.unitsKept === 0 ? "None left." : `${line.unitsKept} left.`;
}

function amountsOf(amounts: ArithmeticTotals, money: (minor: number) => string) {
  return {
    gross: money(amounts.grossMinor),
    discount: money(amounts.discountMinor),
    tax: money(amounts.taxMinor),
    ordered: money(amounts.orderedMinor),
    taken: money(amounts.takenMinor),
    earned: money(amounts.earnedMinor),
  };
}

function refundView({ facts, currency }: Order, refund: Refund, times: TimeFormats) {
  const money = moneyIn(currency);
  const titles = new Map(facts.lines.map(({ lineId, title }) => [lineId, title]));
  const items = refund.lines
    .map(({ lineId, quantity }) => `${quantity} × ${titles.get(lineId) ?? "an item"}`)
    .join(", ");
  const itemsMinor = refund.lines.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0);
  const { adjustmentMinor } = refund;
  return {
    id: refund.refundId,
    at: times.minute(refund.createdAt),
    what: items || (adjustmentMinor === 0 ? "Shipping only: partners aren't paid for it" : "Money"),
    items: refund.lines.length > 0 ? money(itemsMinor) : null,
    beyond: adjustmentMinor === 0 ? null : money(-adjustmentMinor),
  };
}

/** With the sign of mathematics, where there is one: −$4.00. */
function moneyIn(currency: string): (minor: number) => string {
  return (minor) => formatMoney({ minor, currency }).replace("-", "−");
}
