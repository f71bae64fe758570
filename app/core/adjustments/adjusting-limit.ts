import type { Adjustment } from "./adjustment.ts";

/** By then impact.com has locked what it can lock, whatever the contract says of locking. */
const ADJUSTING_DAYS = 85;
const DAY_MS = 86_400_000;

/** Until then an adjustment is tried. */
export function adjustingEndsAt({ createdAt }: Pick<Adjustment, "createdAt">): Date {
  return new Date(createdAt.getTime() + ADJUSTING_DAYS * DAY_MS);
}

/** Of what can be tried now, the oldest was created then. */
export function oldestAdjustable(now: Date): Date {
  return new Date(now.getTime() - ADJUSTING_DAYS * DAY_MS);
}

/** Of what is due, the nearest limit goes first. */
export function toAdjustJob(
  adjustment: Pick<Adjustment, "shop" | "id" | "createdAt">,
  startAfter?: Date,
) {
  const { shop, id: adjustmentId } = adjustment;
  const options = { deadline: adjustingEndsAt(adjustment), ...(startAfter && { startAfter }) };
  return { payload: { shop, adjustmentId }, options };
}
