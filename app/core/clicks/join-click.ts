import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { decideByClicks } from "./decide-by-clicks.ts";

/**
 * Decides an order again, of which its checkout's pixel told after it was decided, as long as nothing
 * of it can have been reported. One that has not come yet finds the click when it comes, and one of
 * another checkout is left alone.
 */
export async function joinClick(
  ports: Pick<Ports, "store" | "clock">,
  { shop, orderId }: JobPayloads["join-click"],
): Promise<void> {
  const order = await ports.store.orders.find(shop, orderId);
  if (!order) return;
  const told = await ports.store.clicks.takeFor(shop, [order.facts]);
  if (told.size === 0) return;
  await decideByClicks(ports, shop, { orderId, asks: true });
}
