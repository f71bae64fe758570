import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import type { DeliveryContent } from "#app/core/orders/delivery.ts";
import type { Refund } from "#app/core/orders/order-facts.ts";
import {
  digits,
  fields,
  instant,
  listOf,
  maybe,
  readShape,
  text,
  whole,
  type Shaped,
} from "./json-shapes.ts";
import {
  amount,
  AmountError,
  anyDigits,
  inMinorUnits,
  moneySet,
  shopAmount,
  withExactRefund,
} from "./shopify-amounts.ts";

const refundLineItem = fields({
  line_item_id: digits,
  quantity: whole,
  subtotal: amount,
  subtotal_set: moneySet,
  total_tax: amount,
  total_tax_set: moneySet,
});
const orderAdjustment = fields({
  kind: maybe(text),
  amount,
  amount_set: moneySet,
  tax_amount: amount,
  tax_amount_set: moneySet,
});
const refundFields = {
  id: digits,
  created_at: instant,
  refund_line_items: maybe(listOf(refundLineItem)),
  order_adjustments: maybe(listOf(orderAdjustment)),
};

/** A REST refund, alone or in its order's `refunds`. Notes and transactions are never read. */
export const refundPayload = fields(refundFields);
const delivered = fields({ ...refundFields, order_id: digits });

type RefundPayload = Shaped<typeof refundPayload>;

const orderOf = z.object({ order_id: anyDigits.optional().catch(undefined) });

/** The body of `refunds/create` → the refund, or a sentence that says what is wrong with it. */
export function readRefundPayload(json: unknown): DeliveryContent {
  const read = readShape(delivered, json);
  if (!read.ok) return unusable(json, `missing or wrong: ${read.wrong.slice(0, 5).join(", ")}`);
  const orderId = read.value.order_id;
  if (!isOrderId(orderId)) return unusable(json, "its order's id is no number");
  try {
    const refund = withExactRefund(toRefund(read.value, currencyOf(read.value)));
    return { kind: "refund", orderId, refund };
  } catch (error) {
    if (error instanceof AmountError) return unusable(json, error.message);
    throw error;
  }
}

/**
 * Amounts in minor units of the shop's currency. Shopify's adjustments are negative where money is
 * given back, their tax beside them (shopify.dev, REST Refund); those for shipping are left out.
 */
export function toRefund(refund: RefundPayload, currency: string | null): Refund {
  const minor = (
    plain: Parameters<typeof shopAmount>[0],
    set: Parameters<typeof shopAmount>[1],
  ) => {
    if (!currency) throw new AmountError("its amounts name no currency");
    return inMinorUnits(currency)(shopAmount(plain, set));
  };
  const adjustments = (refund.order_adjustments ?? []).filter(
    ({ kind }) => kind !== "shipping_refund",
  );
  return {
    refundId: refund.id,
    createdAt: refund.created_at,
    lines: (refund.refund_line_items ?? []).map((line) => ({
      lineId: line.line_item_id,
      quantity: line.quantity,
      subtotalMinor: minor(line.subtotal, line.subtotal_set),
      taxMinor: minor(line.total_tax ?? "0", line.total_tax_set),
    })),
    adjustmentMinor: adjustments.reduce(
      (sum, one) =>
        sum + minor(one.amount, one.amount_set) + minor(one.tax_amount ?? "0", one.tax_amount_set),
      0,
    ),
  };
}

/** A refund on its own names the shop's currency in its amounts alone. */
function currencyOf(refund: RefundPayload): string | null {
  const sets = [
    ...(refund.refund_line_items ?? []).map((line) => line.subtotal_set),
    ...(refund.order_adjustments ?? []).map((one) => one.amount_set),
  ];
  return sets.map((set) => set?.shop_money.currency_code).find(Boolean) ?? null;
}

function unusable(json: unknown, why: string): DeliveryContent {
  const id = orderOf.safeParse(json).data?.order_id;
  const orderId = id && isOrderId(id) ? id : null;
  const problem = orderId
    ? `A refund of order ${orderId} in Shopify's delivery can't be read: ${why}`
    : `Shopify's delivery holds no refund that can be read: ${why}`;
  return { kind: "unusable", orderId, problem };
}
