import type { Reach } from "../uploads/reach.ts";
import type { Code, Discount } from "./discount.ts";

/** How a code is registered at impact.com. */
export interface RegistrationTerms {
  startsAt: Date;
  endsAt: Date | null;
  reach: Reach;
}

/**
 * From when both the discount runs and the partner has the code, until the first of both ends: no
 * order that earns is outside. For a code that was assigned afterwards the start is past; whether
 * impact.com then credits past orders is not documented (reference/impact.md, section 4).
 */
export function registrationTerms(
  code: Pick<Code, "assignedSince" | "endsAt" | "reach">,
  discount: Pick<Discount, "startsAt" | "endsAt">,
): RegistrationTerms {
  const { assignedSince } = code;
  return {
    startsAt: assignedSince ? later(assignedSince, discount.startsAt) : discount.startsAt,
    endsAt: earlier(code.endsAt, discount.endsAt),
    reach: code.reach ?? "ALWAYS",
  };
}

/** When a registration begins, where that is to come. */
export function startToCome(startsAt: Date | null, now: Date): Date | null {
  return startsAt && startsAt > now ? startsAt : null;
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** The first of two ends; null is without end. */
export function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
