import { isRowId, type ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { zonedIso } from "../zoned-time.ts";
import { heldOrder, type HeldOrder } from "./held-order.ts";

/**
 * All that is held of the orders a data request names, with times in the shop's zone. Null where
 * the shop has no such request.
 */
export async function exportHeldOrders(
  { store }: Pick<Ports, "store">,
  { shop, recordId, timeZone }: { shop: ShopDomain; recordId: string; timeZone: string },
): Promise<HeldOrder[] | null> {
  const record = isRowId(recordId) ? await store.compliance.find(shop, recordId) : null;
  if (record?.topic !== "customers/data_request") return null;
  const held: HeldOrder[] = [];
  const time = (at: Date) => zonedIso(at, timeZone);
  for (const orderId of record.orderIds) {
    const order = await store.orders.find(shop, orderId);
    if (!order) continue;
    const [clicks, conversions, deliveries] = await Promise.all([
      store.clicks.listForOrder(shop, orderId),
      store.conversions.listForOrder(shop, orderId),
      store.deliveries.listForOrder(shop, orderId),
    ]);
    held.push(heldOrder({ order, clicks, conversions, deliveries }, time));
  }
  return held;
}
