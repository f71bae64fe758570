import { inParts } from "../in-parts.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderDetails, ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import { SENT_TOGETHER } from "./send-jobs.ts";

/** What Shopify tells of an order, or why it doesn't. */
export type Told = Result<OrderDetails, ShopifyProblem>;

type AskShopify = Pick<Ports["shopify"], "orderDetails">;

/** So one refused order of a whole list is found with about a dozen calls, and any number with fewer than fifty. */
const ASKED_APART = 7;

/**
 * By order; one that Shopify no longer has is left out. The calls go side by side: what would stand in
 * line for long is refused at once, and waits by itself.
 */
export async function askDetails(
  shopify: AskShopify,
  shop: ShopDomain,
  orderIds: readonly OrderId[],
): Promise<Map<OrderId, Told>> {
  const lists = inParts(orderIds, SENT_TOGETHER);
  return new Map((await Promise.all(lists.map((some) => ask(shopify, shop, some)))).flat());
}

/** A list refused for good is asked for in parts, down to single orders: one takes no other with it. */
async function ask(
  shopify: AskShopify,
  shop: ShopDomain,
  some: OrderId[],
): Promise<[OrderId, Told][]> {
  const details = await shopify.orderDetails(shop, some);
  if (details.ok) return [...details.value].map(([orderId, one]) => [orderId, success(one)]);
  if (details.problem.retry === "later" || some.length === 1) {
    return some.map((orderId) => [orderId, details]);
  }
  const parts = inParts(some, some.length > ASKED_APART ? ASKED_APART : 1);
  return (await Promise.all(parts.map((part) => ask(shopify, shop, part)))).flat();
}
