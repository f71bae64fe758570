import { isClickId } from "../attribution/click.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { PixelClick } from "../ports/click-store.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";

export interface IncomingClick extends PixelClick {
  shop: ShopDomain;
  /** As it was told, and only to know where to look: the checkout decides whose the click is. */
  orderId: OrderId | null;
}

export type ClickProblem = Problem<"unknown-shop" | "no-click-id">;

/**
 * Takes in what says that it is a checkout's pixel. Nothing of it is believed: the click counts for the
 * order of that checkout, if one comes, and the first word of a checkout stands. An order that is there
 * already, and of that checkout, is judged again, in a job, as long as nothing of it was reported.
 */
export async function receiveClick(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId, ...click }: IncomingClick,
): Promise<Result<void, ClickProblem>> {
  if (!isClickId(click.clickId)) return failure(NO_CLICK_ID);
  if (!(await store.shops.find(shop))) return failure(UNKNOWN_SHOP);
  await store.inPipeline(async (tx) => {
    // An erased shop keeps nothing.
    if (!(await tx.shops.hold(shop))) return;
    // Whoever is at work on the order has ended by then, or will find the click.
    if (orderId) await tx.orders.lock(shop, orderId);
    const isNew = await tx.clicks.record(shop, click, clock.now());
    if (!isNew || !orderId) return;
    const order = await tx.orders.find(shop, orderId);
    // Who only names an order has nothing done for it.
    const isItsCheckout = order?.facts.checkoutHash === click.checkoutHash;
    if (isItsCheckout) await tx.queue.send("join-click", { shop, orderId });
  });
  return success(undefined);
}

const UNKNOWN_SHOP: ClickProblem = {
  kind: "unknown-shop",
  retry: "never",
  message: "This shop does not use Partner Codes.",
};
const NO_CLICK_ID: ClickProblem = {
  kind: "no-click-id",
  retry: "never",
  message: "This is no click id of impact.com.",
};
