import { isDay } from "#app/core/ledger/ledger-period.ts";
import { isOrderReason, type OrderReason, type OrderState } from "#app/core/orders/order-state.ts";
import { ORDER_STATES } from "./order-states.ts";

/** Which orders the list shows, as its address tells. Days are the shop's own. */
export interface OrderQuery {
  state: OrderState | null;
  reason: OrderReason | null;
  days: { firstDay: string; lastDay: string } | null;
  isDeleted: boolean | null;
}

/** An address typed by hand may hold anything: what makes no sense is left out. */
export function orderQueryIn(query: URLSearchParams): OrderQuery {
  const reason = query.get("reason") ?? "";
  const firstDay = query.get("from") ?? "";
  const lastDay = query.get("to") ?? "";
  const deleted = query.get("deleted");
  return {
    state: ORDER_STATES.find((look) => look.state === query.get("state"))?.state ?? null,
    reason: isOrderReason(reason) ? reason : null,
    days: isDay(firstDay) && isDay(lastDay) ? { firstDay, lastDay } : null,
    isDeleted: deleted === "yes" || deleted === "no" ? deleted === "yes" : null,
  };
}

export function ordersUrl(query: OrderQuery, cursor: string | null = null): string {
  const fields = fieldsOf(query, cursor);
  return fields.size > 0 ? `/app/orders?${fields}` : "/app/orders";
}

/** The file of all that the list shows, on every page of it. */
export function exportUrl(query: OrderQuery): string {
  return `/app/orders/export?${fieldsOf(query, null)}`;
}

function fieldsOf(query: OrderQuery, cursor: string | null): URLSearchParams {
  const { state, reason, days, isDeleted } = query;
  return new URLSearchParams({
    ...(state && { state }),
    ...(reason && { reason }),
    ...(days && { from: days.firstDay, to: days.lastDay }),
    ...(isDeleted !== null && { deleted: isDeleted ? "yes" : "no" }),
    ...(cursor && { cursor }),
  });
}
