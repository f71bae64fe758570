import { apportion, shareOf } from "../apportion.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import { closeToStated } from "./close-to-stated.ts";
import type { Order } from "./order.ts";
import {
  isGoods,
  netMinor,
  type OrderFacts,
  type OrderLine,
  type Refund,
  type RefundLine,
} from "./order-facts.ts";

/** What is left of one order line, as the customer finally pays for it. */
export interface EarnedLine {
  lineId: string;
  sku: string | null;
  variantId: string | null;
  title: string;
  vendor: string | null;
  /** Units kept; never 0. */
  quantity: number;
  /** Minor units of the order's currency, by the basis; never negative. */
  amountMinor: number;
}

export type EarnedFrom = Pick<Order, "facts" | "refunds"> & Partial<Pick<Order, "deletedAt">>;

/**
 * What the customer finally pays for, line by line: without what refunds, edits and money given back
 * took away. Only order.refunds counts, in any order, each refund id once. Gift cards and tips are
 * money and no goods; shipping and its refunds never count. A cancelled, voided, expired or deleted
 * order leaves nothing.
 */
export function earnedLines(order: EarnedFrom, basis: AmountBasis): EarnedLine[] {
  if (isCalledOff(order)) return [];
  const refunds = [...new Map(order.refunds.map((one) => [one.refundId, one])).values()];
  const goods = order.facts.lines.filter((line) => isGoods(line) && line.quantity > 0);
  const restsBy = restsOf(order.facts, goods, refunds);
  const rests = restsBy(basis);
  const kept = rests.filter(({ units }) => units > 0);
  const weights = kept.map(({ minor }) => Math.max(minor, 0));
  const paid = sumOf(restsBy("net-with-tax"));
  const total = lessMoneyGivenBack(sumOf(rests), paid, refunds);
  const amounts = kept.length === 0 ? [] : apportion(total, weights);
  return kept.map(({ line, units }, index) => ({
    lineId: line.lineId,
    sku: line.sku,
    variantId: line.variantId,
    title: line.title,
    vendor: line.vendor,
    quantity: units,
    amountMinor: amounts[index] ?? 0,
  }));
}

/** The sum of all that is earned, in minor units. */
export function earnedMinor(lines: readonly Pick<EarnedLine, "amountMinor">[]): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function isCalledOff({ facts, deletedAt }: EarnedFrom): boolean {
  const { cancelledAt, financialStatus } = facts;
  return Boolean(cancelledAt ?? deletedAt) || ["voided", "expired"].includes(financialStatus ?? "");
}

/** A line as ordered, in minor units, by the basis. */
export function wholeMinor(
  facts: Pick<OrderFacts, "taxesIncluded">,
  line: OrderLine,
  basis: AmountBasis,
): number {
  const net = netMinor(facts, line);
  const amounts = { net, "net-with-tax": net + line.taxMinor, gross: untaxedGross(facts, line) };
  return Math.max(0, amounts[basis]);
}

/** Shopify states the tax on what is paid: it is taken out of the price before discounts by its rate. */
function untaxedGross({ taxesIncluded }: Pick<OrderFacts, "taxesIncluded">, line: OrderLine) {
  const paid = line.grossMinor - line.discountMinor;
  const net = paid - line.taxMinor;
  if (!taxesIncluded || paid <= 0 || net < 0) return line.grossMinor;
  return shareOf(line.grossMinor, net, paid);
}

interface Rest {
  line: OrderLine;
  units: number;
  /**
   * Shopify may state a cent more or less for a unit than the line has: without units that cent,
   * which can be negative, is made up by the lines that are left.
   */
  minor: number;
}

function sumOf(rests: readonly Rest[]): number {
  return rests.reduce((sum, { minor }) => sum + minor, 0);
}

/** The same lines by any basis. */
function restsOf(facts: OrderFacts, goods: readonly OrderLine[], refunds: readonly Refund[]) {
  const settled = closeToStated(facts, refunds);
  return (basis: AmountBasis): Rest[] =>
    goods.map((line) => {
      const rest = restOf(facts, line, refunds, basis);
      const stated = settled.get(line.lineId);
      if (!stated || basis === "gross") return rest;
      return { ...rest, minor: byBasis(facts, stated, basis) };
    });
}

/** From an amount as Shopify states it: with tax where the shop's prices include it. */
function byBasis(
  { taxesIncluded }: Pick<OrderFacts, "taxesIncluded">,
  { subtotalMinor, taxMinor }: Pick<RefundLine, "subtotalMinor" | "taxMinor">,
  basis: "net" | "net-with-tax",
): number {
  const net = subtotalMinor - (taxesIncluded ? taxMinor : 0);
  return basis === "net" ? net : net + taxMinor;
}

/**
 * A line without the units that went away. Refunded ones take what Shopify states for them. It is
 * uncertain whether units that an edit removed are in a refund as well: those in none take their
 * share of what remains.
 */
function restOf(
  facts: OrderFacts,
  line: OrderLine,
  refunds: readonly Refund[],
  basis: AmountBasis,
): Rest {
  const taken = refunds.flatMap(({ lines }) =>
    lines.filter(({ lineId }) => lineId === line.lineId),
  );
  const refunded = taken.reduce((sum, { quantity }) => sum + quantity, 0);
  const units = Math.max(0, Math.min(line.currentQuantity, line.quantity - refunded));
  const whole = wholeMinor(facts, line, basis);
  if (basis === "gross") return { line, units, minor: shareOf(whole, units, line.quantity) };

  const stated = taken.reduce((sum, one) => sum + byBasis(facts, one, basis), 0);
  const minor = whole - stated;
  const unrefunded = line.quantity - refunded;
  // What was overdrawn stays whole: there is nothing left to share.
  if (minor <= 0 || unrefunded <= 0) return { line, units, minor };
  return { line, units, minor: shareOf(minor, units, unrefunded) };
}

/**
 * Positive adjustments are money kept back, or a refund still to be paid out, which a later negative
 * one cancels: only what is given back on balance counts. It is the customer's money, tax and all, so
 * each basis keeps the part that stays of what was paid with tax.
 */
function lessMoneyGivenBack(before: number, paid: number, refunds: readonly Refund[]): number {
  const given = -refunds.reduce((sum, { adjustmentMinor }) => sum + adjustmentMinor, 0);
  if (given <= 0 || before <= 0) return Math.max(0, before);
  return paid <= given ? 0 : shareOf(before, paid - given, paid);
}
