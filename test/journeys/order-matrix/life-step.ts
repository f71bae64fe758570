import fc from "fast-check";
import { editOrder } from "#test/sandbox/shopify/orders/edit-order.ts";
import { exchangeLines } from "#test/sandbox/shopify/orders/exchange-lines.ts";
import { isTip, linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import {
  refundableMinor,
  refundableShippingMinor,
  refundOrder,
  type RefundRequest,
} from "#test/sandbox/shopify/orders/refund-order.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";

/** One thing that staff does to an order. */
export const lifeStep = fc.record({
  kind: fc.constantFrom("units", "amount", "shipping", "remove", "raise", "add", "exchange"),
  which: fc.nat(5),
  size: fc.integer({ min: 1, max: 3 }),
  fee: fc.nat(50),
  pending: fc.boolean(),
});
export type LifeStep = typeof lifeStep extends fc.Arbitrary<infer S> ? S : never;

/** What the customer pays in beside the shop's own currency: cents of some, whole ones, thousandths. */
export const paidIn = fc.constantFrom(
  {},
  { presentmentCurrency: "EUR", exchangeRate: 0.91 },
  { presentmentCurrency: "JPY", exchangeRate: 151.37 },
  { presentmentCurrency: "KWD", exchangeRate: 0.307 },
);
export type PaidIn = typeof paidIn extends fc.Arbitrary<infer P> ? P : never;

export interface LivingOrder {
  state: ShopifyState;
  shop: Shop;
  order: StoredOrder;
  /** The variant that an edit adds and an exchange sends. */
  added: string;
}

/** Takes a step, or none where Shopify would refuse it; gives the webhooks that follow. */
export function takeStep(
  { state, shop, order, added }: LivingOrder,
  { kind, which, size, fee, pending }: LifeStep,
): OrderWebhook[] {
  const lines = linesOf(order).filter((line) => !isTip(line) && line.current_quantity > 0);
  const line = lines[which % Math.max(1, lines.length)];
  const units = line && {
    lineItemId: line.id,
    quantity: Math.min(size, line.current_quantity),
  };
  const more = { variantId: added, quantity: size };
  const money = Math.min(refundableMinor(order), size * 311);
  const shippingMinor = Math.min(refundableShippingMinor(order), refundableMinor(order));
  if (kind === "amount") return money > 0 ? refund({ amountMinor: money, pending }) : [];
  if (kind === "shipping") return shippingMinor > 0 ? refund({ shippingMinor }) : [];
  if (kind === "add") return editOrder(state, shop, order, { add: [more] });
  if (!line || !units) return [];
  if (kind === "units") return refund({ lines: [units], restockingFeeMinor: fee, pending });
  if (kind === "remove") return editOrder(state, shop, order, { remove: [units] });
  if (kind === "exchange") {
    return exchangeLines(state, shop, order, { returned: [units], sent: [more] });
  }
  const quantity = line.current_quantity + size;
  return editOrder(state, shop, order, { setQuantity: [{ lineItemId: line.id, quantity }] });

  function refund(request: RefundRequest) {
    return refundOrder(state, shop, order, request);
  }
}
