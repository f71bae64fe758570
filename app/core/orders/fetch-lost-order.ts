import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** Asks Shopify for the order of a delivery that could not be used; false where it names none. */
export async function fetchLostOrder(
  { store }: Pick<Ports, "store">,
  { shop, deliveryId }: { shop: ShopDomain; deliveryId: string },
): Promise<boolean> {
  const delivery = await store.deliveries.find(shop, deliveryId);
  if (!delivery?.orderId) return false;
  await store.queue.send("fetch-order", { shop, orderId: delivery.orderId });
  return true;
}
