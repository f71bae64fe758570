import type { OrderList } from "#app/core/orders/list-orders.ts";
import { timeFormats } from "../time-formats.server.ts";
import type { LostDelivery } from "./lost-deliveries.tsx";
import { orderRow, type OrderRow } from "./order-row.server.ts";

export interface OrderListView extends Pick<OrderList, "counts" | "nextCursor"> {
  rows: OrderRow[];
  lostDeliveries: LostDelivery[];
  timeZone: string;
}

export function orderListView(list: OrderList, { timeZone }: { timeZone: string }): OrderListView {
  const { counts, nextCursor } = list;
  const times = timeFormats(timeZone);
  const lostDeliveries = list.lostDeliveries.map(({ id, topic, receivedAt, problem }) => ({
    id,
    topic,
    receivedAt: times.minute(receivedAt),
    problem: problem ?? "It held no order.",
  }));
  const rows = list.orders.map((order) => orderRow(order, { timeZone }));
  return { rows, counts, nextCursor, lostDeliveries, timeZone };
}
