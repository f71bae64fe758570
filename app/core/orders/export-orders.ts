import { BYTE_ORDER_MARK, toCsv } from "../csv.ts";
import type { ShopDomain } from "../ids.ts";
import { toDecimal } from "../money.ts";
import type { OrderFilter } from "../ports/order-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { zonedMinutes } from "../zoned-time.ts";
import { earnedLines, earnedMinor } from "./earned-lines.ts";
import { earnerIds, earnerNames, earningCodes } from "./earners.ts";
import { explainOrder } from "./explain-order.ts";
import type { Order } from "./order.ts";

const LINES_AT_ONCE = 500;

/**
 * The ledger's orders as a CSV, newest first, some lines at a time: amounts are net, in decimals of the
 * order's currency, times those of the time zone. One that comes while it is written is not in it.
 */
export async function* exportOrders(
  { store }: Pick<Ports, "store">,
  asked: { shop: ShopDomain; filter: OrderFilter; timeZone: string },
): AsyncGenerator<string> {
  const { shop, filter, timeZone } = asked;
  const minutes = zonedMinutes(timeZone);
  yield BYTE_ORDER_MARK + toCsv([heading(timeZone)]);
  for (let cursor: string | null = null; ;) {
    const place: { cursor?: string } = cursor ? { cursor } : {};
    const page = { ...filter, ...place, limit: LINES_AT_ONCE };
    const { orders, nextCursor } = await store.orders.page(shop, page);
    if (orders.length > 0) yield toCsv(orders.map((order) => line(order, minutes)));
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

function heading(timeZone: string): string[] {
  return [
    ...["Order", "Order id", `Placed (${timeZone})`, "State", "Why", "Partner", "Partner id"],
    ...["Code", "Currency", "Net amount", "Kept after refunds"],
  ];
}

function line(order: Order, minutes: (at: Date) => string): string[] {
  const { name, orderId, placedAt, state, currency, netMinor } = order;
  const kept = earnedMinor(earnedLines(order, "net"));
  return [
    ...[name, orderId, minutes(placedAt), state, explainOrder(order)],
    ...[earnerNames(order) ?? "", earnerIds(order), earningCodes(order), currency],
    ...[netMinor, kept].map((minor) => toDecimal({ minor, currency })),
  ];
}
