import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderPage } from "../ports/store.ts";
import { failedSince, type Delivery } from "./delivery.ts";
import type { OrderState } from "./order-state.ts";

export interface OrderList extends OrderPage {
  counts: Record<OrderState, number>;
  /** Deliveries of the last days that held no order, newest first. */
  failedDeliveries: Delivery[];
}

const PAGE_SIZE = 50;
const MOST_FAILED = 20;

/** A page of the ledger, newest order first, with the four counts and what could not be read. */
export async function listOrders(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, state, cursor }: { shop: ShopDomain; state?: OrderState; cursor?: string },
): Promise<OrderList> {
  const filter = { limit: PAGE_SIZE, ...(state && { state }), ...(cursor && { cursor }) };
  const [page, counts, failedDeliveries] = await Promise.all([
    store.orders.page(shop, filter),
    store.orders.countByState(shop),
    store.deliveries.listFailed(shop, { since: failedSince(clock.now()), limit: MOST_FAILED }),
  ]);
  return { ...page, counts, failedDeliveries };
}
