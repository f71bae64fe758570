import { reviewConversion } from "../adjustments/review-conversion.ts";
import type { PartnerId } from "../ids.ts";
import { statusFor, type OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { heldThere } from "./held-there.ts";

/** How a conversion ended at impact.com. */
export interface Verdict {
  reason: Extract<OrderReason, "credited" | "not-credited" | "credited-to-another">;
  problem: string | null;
  /** What impact.com lists of it, where that was asked. */
  action?: ImpactAction;
}

/** A completed submission that names no partner was taken as sent. */
export function paidTo(conversion: Conversion, partnerId: PartnerId | null): Verdict {
  if (partnerId === null || partnerId === conversion.partnerId) {
    return { reason: "credited", problem: null };
  }
  const problem = `impact.com credited partner ${partnerId}. Check who the code ${conversion.code} is registered to there.`;
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
  { reason, problem, action }: Verdict,
  now: Date,
): Promise<void> {
  const { shop, orderId } = order;
  const isPaid = reason !== "not-credited";
  const settled: Conversion = {
    ...conversion,
    state: reason === "credited" ? "credited" : "failed",
    held: isPaid ? heldThere(conversion, action ?? null) : [],
    reversedAt: action?.state === "reversed" ? now : null,
    problem,
    settledAt: now,
    // The e-mail's hash has done its work once impact.com has decided.
    emailSha1: null,
  };
  if (!(await tx.conversions.save(shop, settled))) return;
  if (isPaid) await reviewConversion(tx, order, settled, now);
  else await tx.orders.saveStatus(shop, orderId, { ...statusFor(reason), problem }, now);
}
