import { attributeAnew } from "../conversions/hand-over-orders.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import { decideOrders } from "../orders/decide-orders.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * Decides an order again by what is known of its clicks by now, as long as nothing of it can have been
 * reported: so one that waits to be paid, or for a connection, is shown as it will be sent. `asks`: of a
 * click that is new, impact.com is asked whose it was. What has failed is left until it is tried again.
 */
export async function decideByClicks(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  { orderId, asks }: { orderId: OrderId; asks: boolean },
): Promise<void> {
  await ports.store.inPipeline(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const orders = await tx.orders.findAll(shop, [orderId]);
    const ofOrder = await tx.conversions.listForOrder(shop, orderId);
    const isOpen = orders.some(({ state }) => state !== "failed");
    if (isOpen && ofOrder.length === 0) await decideOrders(tx, orders, ports.clock.now(), { asks });
  });
  await attributeAnew(ports, shop, [orderId]);
}
