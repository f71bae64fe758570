import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderHistory } from "./order-timeline.ts";

/** Everything known of one order, or null where this shop has no such order. */
export async function readOrder(
  { store }: Pick<Ports, "store">,
  { shop, orderId }: { shop: ShopDomain; orderId: OrderId },
): Promise<OrderHistory | null> {
  const order = await store.orders.find(shop, orderId);
  if (!order) return null;
  const [deliveries, decision, conversions] = await Promise.all([
    store.deliveries.listForOrder(shop, orderId),
    store.orders.findAttribution(shop, orderId),
    store.conversions.listForOrder(shop, orderId),
  ]);
  const ids = conversions.map(({ id }) => id);
  const submissions = await store.conversions.listSubmissions(shop, ids);
  return { order, deliveries, decision, conversions, submissions };
}
