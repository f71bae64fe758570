import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderFilter, OrderPage } from "../ports/order-stores.ts";
import { failedSince, type Delivery } from "./delivery.ts";
import type { OrderState } from "./order-state.ts";

export interface OrderList extends OrderPage {
  /** Of the same days as the page, in every state and for every reason. */
  counts: Record<OrderState, number>;
  /** Deliveries of the last days whose order nothing has brought, newest first. */
  lostDeliveries: Delivery[];
}

const PAGE_SIZE = 50;
const MOST_LOST = 20;

/** A page of the ledger, newest order first, with the four counts and what could not be read. */
export async function listOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, cursor, ...filter }: OrderFilter & { shop: ShopDomain; cursor?: string },
): Promise<OrderList> {
  const { placed, isDeleted } = filter;
  const days = { ...(placed && { placed }), ...(isDeleted !== undefined && { isDeleted }) };
  const [page, counts, lostDeliveries] = await Promise.all([
    store.orders.page(shop, { ...filter, limit: PAGE_SIZE, ...(cursor && { cursor }) }),
    store.orders.countByState(shop, days),
    store.problems.listLostDeliveries(shop, { since: failedSince(clock.now()), limit: MOST_LOST }),
  ]);
  return { ...page, counts, lostDeliveries };
}
