import { conversionLines, totalMinor } from "../conversions/conversion-lines.ts";
import type { Conversion, HeldItem } from "../conversions/conversion.ts";
import { formatMoney } from "../money.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import { isTakenBack, type Adjustment } from "./adjustment.ts";
import {
  heldMinor,
  isEmpty,
  isSameHolding,
  planAdjustment,
  type AdjustmentPlan,
  type Cause,
} from "./plan-adjustment.ts";

export type Judgement =
  | { outcome: "adjust"; plan: Exclude<AdjustmentPlan, { kind: "none" }> }
  /** Reversed by us, and yet something is earned again: only a new action can hold that. */
  | { outcome: "report-again"; amountMinor: number }
  | { outcome: "leave"; reason: Standing; problem: string | null };

type Standing = Extract<
  OrderReason,
  "credited" | "adjusted" | "reversed" | "locked" | "not-adjusted"
>;

/**
 * impact.com pays somebody for it, and so it follows its order: a failed one that is held was credited
 * to another partner.
 */
export function isFollowed({ state, held }: Pick<Conversion, "state" | "held">): boolean {
  return state === "credited" || (state === "failed" && held.length > 0);
}

/** A conversion from before holdings were written down holds what was sent. */
export function heldBy({ held, lines }: Pick<Conversion, "held" | "lines">): HeldItem[] {
  if (held.length > 0) return held;
  return lines.map(({ sku, quantity, subtotalMinor }) => ({
    sku,
    quantity,
    amountMinor: subtotalMinor,
  }));
}

/** What to tell impact.com so that it holds what the order earns now. */
export function planFor(order: Order, conversion: Conversion): AdjustmentPlan {
  const plan = planAdjustment({
    held: heldBy(conversion),
    earned: conversionLines(order, conversion.amountBasis, new Map(), conversion.part),
    originalMinor: totalMinor(conversion.lines),
    cause: causeOf(order),
  });
  const isTaken = plan.kind === "reversal" && isNothing(conversion.part);
  return isTaken ? { ...plan, disposition: "CREDITED_DIFFERENT_MP" } : plan;
}

/** Of an order that was decided again, others have its share by now. */
function isNothing(part: Conversion["part"]): boolean {
  return part !== null && part.weights[part.position] === 0;
}

/**
 * Where a credited conversion stands against its order, when none of its adjustments is on its way.
 * `newest` is its last adjustment. What failed is not tried a second time, unless `again` says so.
 */
export function judgeConversion(
  order: Order,
  conversion: Conversion,
  newest: Adjustment | null,
  { again = false } = {},
): Judgement {
  const plan = planFor(order, conversion);
  // Who tries again may have restored the action at impact.com.
  const mayBeRestored = again && plan.kind !== "none" && !isEmpty(heldBy(conversion));
  if (conversion.reversedAt && !mayBeRestored) {
    return judgeReversed(conversion, earnedMinor(order, conversion));
  }
  if (plan.kind === "none") {
    const asSent = heldBy({ held: [], lines: conversion.lines });
    const isChanged = newest?.state === "applied" || !isSameHolding(heldBy(conversion), asSent);
    return { outcome: "leave", reason: isChanged ? "adjusted" : "credited", problem: null };
  }
  if (newest?.state !== "failed" || again) return { outcome: "adjust", plan };
  if (newest.reason === "locked") {
    return { outcome: "leave", reason: "locked", problem: atStake(conversion, plan.target) };
  }
  // Another change since: with absolute values it may well go through, unless it was to be taken back.
  if (!isTakenBack(newest) && !isSameHolding(newest.target, plan.target))
    return { outcome: "adjust", plan };
  return { outcome: "leave", reason: "not-adjusted", problem: newest.problem };
}

function judgeReversed(conversion: Conversion, amountMinor: number): Judgement {
  if (amountMinor === 0) return { outcome: "leave", reason: "reversed", problem: null };
  if (isEmpty(conversion.held)) return { outcome: "report-again", amountMinor };
  const earned = money(conversion, amountMinor);
  const problem = `The action was reversed at impact.com, and not by this app, so impact.com pays nothing of the ${earned} that is earned. If that was a mistake, restore the action there, then try again.`;
  return { outcome: "leave", reason: "not-adjusted", problem };
}

function earnedMinor(order: Order, { amountBasis, part }: Conversion): number {
  return totalMinor(conversionLines(order, amountBasis, new Map(), part));
}

/** How much impact.com pays for too much or too little, in a sentence. */
export function atStake(conversion: Conversion, target: HeldItem[]): string {
  const holds = heldMinor(heldBy(conversion));
  const earned = heldMinor(target);
  const stake = money(conversion, Math.abs(holds - earned));
  const way = holds > earned ? "too much" : "too little";
  const remedy =
    holds > earned
      ? "Settle it with the partner, or ask impact.com."
      : "Pay the rest through a bonus at impact.com.";
  return `impact.com counts ${stake} ${way}: it holds ${money(conversion, holds)}, and ${money(conversion, earned)} is earned. ${remedy}`;
}

function money({ currency }: Conversion, minor: number): string {
  return formatMoney({ minor, currency });
}

function causeOf({ facts, refunds, deletedAt }: Order): Cause {
  const { cancelledAt, cancelReason, financialStatus } = facts;
  return {
    isCancelled: Boolean(cancelledAt ?? deletedAt),
    cancelReason,
    isUnpaid: financialStatus === "voided" || financialStatus === "expired",
    isRefunded: refunds.length > 0,
  };
}
