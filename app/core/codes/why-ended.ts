import type { Discount } from "./discount.ts";

/** Why a discount's codes don't work any more, and what to do; null while it runs or is still to start. */
export function whyEnded(
  { title, endsAt, deactivatedAt }: Pick<Discount, "title" | "endsAt" | "deactivatedAt">,
  now: Date,
): string | null {
  if (!hasEnded(endsAt, now)) return null;
  return deactivatedAt
    ? `“${title}” is deactivated, so its codes would not work. Activate it first.`
    : `“${title}” has ended, so its codes would not work. Give it a later end first.`;
}

export function hasEnded(endsAt: Date | null, now: Date): endsAt is Date {
  return endsAt !== null && endsAt <= now;
}
