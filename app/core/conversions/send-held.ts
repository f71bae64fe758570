import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { toSendJobs } from "./send-jobs.ts";
import { standingOf } from "./standing.ts";
import { isUntried } from "./take-back.ts";

/** Sends what was held of an order for a click, now that something was told of it; what is still to be held waits on. */
export async function sendHeld(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<void> {
  const [order, conversions] = await Promise.all([
    store.orders.find(shop, orderId),
    store.conversions.listForOrder(shop, orderId),
  ]);
  if (!order) return;
  const held = conversions.filter(
    (one) => isUntried(one) && standingOf(order, one).reason === "click-pending",
  );
  await store.queue.sendAll("send-conversion", toSendJobs(shop, held));
}
