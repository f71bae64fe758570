import type { DiscountTerms } from "../codes/discount.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { SeenDiscount } from "../ports/shopify.ts";
import { seconds } from "../seconds.ts";

/** What becomes of our discount once Shopify has been seen to have it like that. */
export function seeDiscount(
  ours: WatchedDiscount,
  seen: SeenDiscount,
  now: Date,
): { terms: DiscountTerms; deactivatedAt: Date | null; plannedEndsAt: Date | null } {
  const startsAt = startOf(ours, seen, now);
  const deactivatedAt = deactivationOf(ours, seen);
  // Shopify writes a deactivation over the end that was planned.
  const planned = ours.deactivatedAt === null ? ours.endsAt : ours.plannedEndsAt;
  const plannedEndsAt = deactivatedAt === null ? null : planned;
  return { terms: { ...seen.terms, startsAt }, deactivatedAt, plannedEndsAt };
}

/**
 * What has begun began when it did: orders from then show it, whatever start it is given since. What is
 * deactivated before its day has not begun, though Shopify says so: its registrations begin on that day.
 */
function startOf(ours: WatchedDiscount, { isEnded, terms }: SeenDiscount, now: Date): Date {
  const hasBegun = ours.startsAt <= now;
  const keepsOurs = hasBegun ? ours.startsAt < terms.startsAt : isEnded && terms.startsAt <= now;
  return keepsOurs ? ours.startsAt : terms.startsAt;
}

/** Shopify deactivates a discount by giving it an end that has come; one that ran out is none. */
function deactivationOf(ours: WatchedDiscount, { isEnded, terms }: SeenDiscount): Date | null {
  if (!isEnded || terms.endsAt === null) return null;
  const planned = ours.endsAt === null ? Infinity : seconds(ours.endsAt);
  return seconds(terms.endsAt) < planned ? terms.endsAt : ours.deactivatedAt;
}
