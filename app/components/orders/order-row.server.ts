import { formatMoney } from "#app/core/money.ts";
import { earnedLines, earnedMinor } from "#app/core/orders/earned-lines.ts";
import { earnerNames, earningCodes } from "#app/core/orders/earners.ts";
import { explainOrder } from "#app/core/orders/explain-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { timeFormats } from "../time-formats.server.ts";

/** One order as a list shows it. */
export interface OrderRow {
  id: string;
  name: string;
  placedAt: string;
  partner: string | null;
  /** What earned it, or else the codes that were typed. */
  code: string;
  /** Net, as it was ordered. */
  amount: string;
  /** What refunds, edits and a cancellation left of it; null: all. */
  kept: string | null;
  state: OrderState;
  why: string;
}

function keptOf(order: Order): string | null {
  const minor = earnedMinor(earnedLines(order, "net"));
  return minor < order.netMinor ? formatMoney({ minor, currency: order.currency }) : null;
}

export function orderRow(order: Order, shop: { timeZone: string }): OrderRow {
  return {
    id: order.orderId,
    name: order.name,
    placedAt: timeFormats(shop.timeZone).minute(order.placedAt),
    partner: earnerNames(order),
    code: earningCodes(order),
    amount: formatMoney({ minor: order.netMinor, currency: order.currency }),
    kept: keptOf(order),
    state: order.state,
    why: explainOrder(order),
  };
}
