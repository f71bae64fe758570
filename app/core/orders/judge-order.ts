import { attributeOrder, type Attributable } from "../attribution/attribute-order.ts";
import type { Attribution, KnownCode } from "../attribution/attribution.ts";
import type { Click } from "../attribution/click.ts";
import type { RulesAt } from "../attribution/rules-at.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { earnedLines } from "./earned-lines.ts";
import { isGoods, type OrderFacts } from "./order-facts.ts";
import type { OrderReason } from "./order-state.ts";
import type { Order } from "./order.ts";
import { isUnread } from "./unread-facts.ts";

export type Judged = Pick<Order, "facts" | "refunds" | "deletedAt" | "placedAt">;

/** What an order waits for, or why it is ignored; null: it is to be reported. */
export interface OrderVerdict {
  reason: OrderReason | null;
  /** Null where nobody can earn it, whatever code was typed. */
  attribution: Attribution | null;
}

/** Orders that are nobody's to earn, whatever code was typed. */
export function keptOutBecause({ facts, deletedAt }: Omit<Judged, "placedAt">): OrderReason | null {
  if (facts.test) return "test-order";
  if (facts.cancelledAt) return "cancelled";
  if (deletedAt) return "deleted";
  const isOff = facts.financialStatus === "voided" || facts.financialStatus === "expired";
  if (isOff) return "never-paid";
  const isMoney = facts.lines.length > 0 && facts.lines.every((line) => !isGoods(line));
  return isMoney ? "gift-cards-only" : null;
}

/** Of what was sold nothing is left: refunds, edits, or money given back took all of it. */
export function isNothingLeft(order: Omit<Judged, "placedAt">): boolean {
  return earnedLines(order, "net").length === 0;
}

interface Settings {
  settings: ReportSettings;
  isConnected: boolean;
  now: Date;
}

/** Judges an order that has no conversion yet. `known` are our codes on it, and `rules` the shop's, as they were at its time. */
export function judgeOrder(
  order: Judged,
  known: readonly KnownCode[],
  given: Settings & { rules: RulesAt; clicks: readonly Click[] },
): OrderVerdict {
  const keptOut = keptOutBecause(order);
  if (keptOut) return { reason: keptOut, attribution: null };
  if (isUnread(order.facts)) return { reason: "unreadable", attribution: null };
  const attribution = attributeOrder(attributable(order, given.clicks), known, given.rules);
  return { reason: reasonFor(order, attribution, given), attribution };
}

/** What of an order decides who earned it. */
export function attributable(
  { facts: { typedCodes, tookMinor }, placedAt }: Pick<Order, "facts" | "placedAt">,
  clicks: readonly Click[],
): Attributable {
  return { typedCodes, tookMinor, placedAt, clicks };
}

function reasonFor(
  order: Judged,
  attribution: Attribution,
  { settings, isConnected, now }: Settings,
): OrderReason | null {
  if (attribution.outcome === "nobody") return attribution.because;
  if (settings.reportWhen === "paid" && !isPaid(order.facts)) {
    return now > reportingEndsAt(order.placedAt) ? "never-paid" : "not-paid";
  }
  if (isNothingLeft(order)) return "refunded-before-report";
  if (isConnected) return null;
  return now > reportingEndsAt(order.placedAt) ? "too-late" : "not-connected";
}

/** What was given back was paid before. A free order is "paid" from the start. */
export function isPaid({ financialStatus }: Pick<OrderFacts, "financialStatus">): boolean {
  return ["paid", "partially_refunded", "refunded"].includes(financialStatus ?? "");
}
