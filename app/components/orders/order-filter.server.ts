import { daysBetween } from "#app/core/ledger/ledger-period.ts";
import type { OrderFilter } from "#app/core/ports/order-stores.ts";
import type { OrderQuery } from "./order-query.ts";

/** What the list's address asks for; its days are those of the shop's time zone. */
export function orderFilter(query: OrderQuery, timeZone: string): OrderFilter {
  const { state, reason, days, isDeleted } = query;
  return {
    ...(state && { state }),
    ...(reason && { reason }),
    ...(days && { placed: daysBetween(days, timeZone) }),
    ...(isDeleted !== null && { isDeleted }),
  };
}
