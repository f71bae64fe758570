import type { OrderId } from "../ids.ts";
import type { ShopDetails } from "../shops/shop-details.ts";
import type { OrderFacts } from "./order-facts.ts";

/** Any version that can be read is newer. */
const NEVER = new Date(0);

/** For an order of which nothing can be read: it counts on the day it was placed, or first missed. */
export function unreadFacts(
  orderId: OrderId,
  { currency }: Pick<ShopDetails, "currency">,
  placedAt: Date,
): OrderFacts {
  return {
    orderId,
    name: `Order ${orderId}`,
    currency,
    placedAt,
    updatedAt: NEVER,
    cancelledAt: null,
    cancelReason: null,
    financialStatus: null,
    test: false,
    sourceName: "",
    typedCodes: [],
    clicks: [],
    checkoutHash: null,
    taxesIncluded: false,
    tookMinor: [],
    lines: [],
    current: null,
    refunds: [],
    emailSha1: null,
  };
}

/** Nothing of the order has been read yet. */
export function isUnread({ updatedAt }: Pick<OrderFacts, "updatedAt">): boolean {
  return updatedAt.getTime() === NEVER.getTime();
}
