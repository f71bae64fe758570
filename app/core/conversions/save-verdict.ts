import { reviewConversion } from "../adjustments/review-conversion.ts";
import type { PartnerId } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { heldThere } from "./held-there.ts";
import { nameClicks } from "./name-clicks.ts";
import { saveStanding } from "./standing.ts";

/** How a conversion ended at impact.com. */
export interface Verdict {
  reason: Extract<OrderReason, "credited" | "not-credited" | "credited-to-another">;
  problem: string | null;
  /** Whom impact.com credited, where it says so. */
  partnerId?: PartnerId | null;
  /** What impact.com lists of it, where that was asked. */
  action?: ImpactAction;
}

/**
 * A completed submission that names no partner was taken as sent; where only impact.com could know
 * whose click it was, the partner it names is the right one.
 */
export function paidTo(conversion: Conversion, partnerId: PartnerId | null): Verdict {
  const expected = conversion.partnerId;
  if (partnerId === null || expected === null || partnerId === expected) {
    return { reason: "credited", problem: null, partnerId };
  }
  const { code } = conversion;
  const check = code
    ? `Check who the code ${code} is registered to there.`
    : "Check there whose click it was.";
  const problem = `impact.com credited partner ${partnerId}. ${check}`;
  return { reason: "credited-to-another", problem };
}

/**
 * Writes down how a conversion ended. What impact.com pays anybody for is compared with its order at
 * once. Nothing is saved where somebody else holds the conversion. The caller holds the order's lock.
 */
export async function saveVerdict(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  { reason, problem, partnerId = null, action }: Verdict,
  now: Date,
): Promise<void> {
  const isPaid = reason !== "not-credited";
  const settled: Conversion = {
    ...conversion,
    partnerId: conversion.partnerId ?? partnerId,
    state: reason === "credited" ? "credited" : "failed",
    held: isPaid ? heldThere(conversion, action ?? null) : [],
    reversedAt: action?.state === "reversed" ? now : null,
    problem,
    settledAt: now,
    // The e-mail's hash has done its work once impact.com has decided.
    emailSha1: null,
  };
  if (!(await tx.conversions.save(order.shop, settled))) return;
  await nameClicks(tx, order.shop, [{ before: conversion, after: settled }]);
  if (isPaid) await reviewConversion(tx, order, settled, now);
  else await saveStanding(tx, settled, { reason, problem }, now);
}
