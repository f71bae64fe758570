import type { Discount } from "./discount.ts";

/** Why a discount's codes don't work any more, and what to do; null while it runs or is still to start. */
export function whyEnded(
  discount: Pick<Discount, "title" | "endsAt" | "deactivatedAt" | "deletedAt">,
  now: Date,
): string | null {
  const { title, endsAt, deactivatedAt } = discount;
  const gone = whyGone(discount);
  if (gone !== null || !hasEnded(endsAt, now)) return gone;
  return deactivatedAt
    ? `“${title}” is deactivated, so its codes would not work. Activate it first.`
    : `“${title}” has ended, so its codes would not work. Give it a later end first.`;
}

/** Differences offers to make it again while it has codes that are not retired. */
export function whyGone({
  title,
  deletedAt,
}: Pick<Discount, "title" | "deletedAt">): string | null {
  return deletedAt === null
    ? null
    : `“${title}” is gone from Shopify, so it takes no codes. Where Differences offers to make it again, do that first; if not, make a new discount.`;
}

export function hasEnded(endsAt: Date | null, now: Date): endsAt is Date {
  return endsAt !== null && endsAt <= now;
}
