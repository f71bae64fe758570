import type { Settled, Settling } from "../conversions/check-submission.ts";
import type { Conversion, HeldItem } from "../conversions/conversion.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { ImpactAction, ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import type { Adjustment } from "./adjustment.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { atStake, heldBy } from "./judge-conversion.ts";
import { heldIfMisread } from "./misread.ts";
import { isEmpty } from "./plan-adjustment.ts";
import { reviewConversion } from "./review-conversion.ts";
import { takeBackMisread } from "./take-back-misread.ts";

/** What became of an adjustment at impact.com. */
export type AdjustmentVerdict =
  /** What impact.com holds, where it read the amounts in another currency. */
  | { outcome: "applied"; misread?: HeldItem[] | null }
  | {
      outcome: "failed";
      reason: "locked" | "refused";
      problem: string;
      isReversed: boolean;
      /** It has an item no more that was sent. */
      lacksItem?: boolean;
    };

/** Settles an adjustment by its submission's outcome; a refused one by the action as it stands there. */
export async function settleAdjustment(ports: Ports, settling: Settling): Promise<Settled> {
  const { credentials, conversion, submission, outcome } = settling;
  const { adjustmentId } = submission;
  const adjustment =
    adjustmentId && (await ports.store.adjustments.find(conversion.shop, adjustmentId));
  if (!adjustment) return success("settled");
  if (outcome && outcome.reasons.length === 0) {
    const misread = await lookForMisread(ports, settling, adjustment);
    if (!misread.ok) return failure(misread.problem);
    await settle(ports, settling, adjustment, { outcome: "applied", misread: misread.value });
    return success("settled");
  }
  const action = credentials && (await ports.impact.findAction(credentials, conversion));
  if (action?.ok === false && action.problem.retry === "later") return failure(action.problem);
  const verdict = judgeRefusal({
    adjustment,
    conversion,
    action: action?.ok ? action.value : "unknown",
    reasons: outcome?.reasons ?? [],
    now: ports.clock.now(),
  });
  await settle(ports, settling, adjustment, verdict);
  return success("settled");
}

/** Where that can't be asked the comparison with impact.com's list of actions finds it later. */
async function lookForMisread(
  { impact }: Ports,
  { credentials, conversion }: Settling,
  adjustment: Adjustment,
): Promise<Result<HeldItem[] | null, ImpactProblem>> {
  if (!credentials || adjustment.kind === "reversal") return success(null);
  const currency = await impact.accountCurrency(credentials);
  if (!currency.ok) return isPassing(currency.problem) ? currency : success(null);
  if (currency.value === null || currency.value === adjustment.currency) return success(null);
  const action = await impact.findAction(credentials, conversion);
  if (!action.ok) return isPassing(action.problem) ? action : success(null);
  if (!action.value || action.value.state === "reversed") return success(null);
  return success(heldIfMisread(action.value, adjustment, conversion));
}

function isPassing({ kind }: ImpactProblem): boolean {
  return kind === "unavailable" || kind === "rate-limited";
}

/**
 * No documented reason says "locked" or "reversed already": the action tells. A reversal that finds
 * the action reversed has what it wanted, as one has that was sent twice.
 */
export function judgeRefusal(refusal: {
  adjustment: Pick<Adjustment, "kind" | "target" | "toMinor" | "currency">;
  conversion: Conversion;
  action: ImpactAction | "unknown" | null;
  reasons: readonly string[];
  now: Date;
}): AdjustmentVerdict {
  const { adjustment, conversion, action, reasons, now } = refusal;
  const failed = { outcome: "failed", reason: "refused", isReversed: false } as const;
  if (action === "unknown") return { ...failed, problem: explainRefusal(reasons) };
  if (action === null) {
    const problem = `impact.com has no action with the order number ${conversion.impactOrderId}. Look it up at impact.com, then try again.`;
    return { ...failed, problem };
  }
  if (action.state === "reversed") {
    if (adjustment.kind === "reversal") return { outcome: "applied" };
    const problem = "The action was reversed at impact.com, and not by this app.";
    return { ...failed, problem, isReversed: true };
  }
  const isLocked =
    action.state === "approved" || (action.lockedAt !== null && action.lockedAt <= now);
  if (isLocked) {
    return { ...failed, reason: "locked", problem: atStake(conversion, adjustment.target) };
  }
  const lacksItem = reasons.includes("NO_ITEM");
  const { toMinor, currency } = adjustment;
  const isDone = action.amountMinor === toMinor && action.currency === currency;
  // Sent twice: the first one has emptied the item that the second one names.
  if (lacksItem && isDone) return { outcome: "applied" };
  return { ...failed, problem: explainRefusal(reasons), lacksItem };
}

async function settle(
  ports: Ports,
  { submission, conversion: { shop, orderId, id } }: Settling,
  { id: adjustmentId }: Adjustment,
  verdict: AdjustmentVerdict,
): Promise<void> {
  const now = ports.clock.now();
  const completedAt = submission.completedAt ?? now;
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    await tx.conversions.saveSubmission(shop, { ...submission, state: "complete", completedAt });
    const order = await tx.orders.find(shop, orderId);
    const conversion = await tx.conversions.find(shop, id);
    const adjustment = await tx.adjustments.find(shop, adjustmentId);
    if (!order || !conversion || adjustment?.state !== "sent") return;
    const adjusted = adjustedBy(conversion, adjustment, verdict, now);
    await tx.conversions.save(shop, adjusted);
    await tx.adjustments.save(shop, { ...adjustment, ...endOf(verdict), settledAt: now });
    const isMisread = verdict.outcome === "applied" && Boolean(verdict.misread);
    // Past that impact.com may not take it anew: then it stands as a change that was not taken.
    const mayReport = now <= reportingEndsAt(order.placedAt);
    if (isMisread && mayReport) await takeBackMisread(tx, adjusted, now);
    else await reviewConversion(tx, order, adjusted, now);
  });
}

const MISREAD =
  "impact.com read the new amount in another currency than the order's. Ask its support to set the amount that is earned.";

function endOf(verdict: AdjustmentVerdict): Pick<Adjustment, "state" | "reason" | "problem"> {
  if (verdict.outcome === "failed") {
    const { reason, problem } = verdict;
    return { state: "failed", reason, problem };
  }
  if (verdict.misread) return { state: "failed", reason: "refused", problem: MISREAD };
  return { state: "applied", reason: null, problem: null };
}

function adjustedBy(
  conversion: Conversion,
  { kind, target }: Adjustment,
  verdict: AdjustmentVerdict,
  now: Date,
): Conversion {
  if (verdict.outcome === "applied") {
    const held = verdict.misread ?? target;
    return { ...conversion, held, reversedAt: kind === "reversal" ? now : null };
  }
  if (verdict.isReversed) return { ...conversion, reversedAt: now };
  return verdict.lacksItem ? { ...conversion, held: withoutEmptied(conversion) } : conversion;
}

/**
 * Whether an item can be earned again after it was set to 0 is not documented. Where it can't, it is a
 * SKU that impact.com does not know: another one carries it from now on.
 */
function withoutEmptied(conversion: Conversion): HeldItem[] {
  const held = heldBy(conversion);
  const left = held.filter((item) => !isEmpty([item]));
  return left.length > 0 ? left : held;
}
