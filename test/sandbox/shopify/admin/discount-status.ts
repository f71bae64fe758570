import type { Discount } from "#test/sandbox/shopify/state.ts";

export function discountStatus(discount: Discount, now: Date): "ACTIVE" | "EXPIRED" | "SCHEDULED" {
  if (discount.endsAt && discount.endsAt <= now) return "EXPIRED";
  return discount.startsAt > now ? "SCHEDULED" : "ACTIVE";
}
