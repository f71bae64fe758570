import { hash } from "node:crypto";
import { z } from "zod";
import type { OrderId } from "#app/core/ids.ts";
import { isOrderId } from "#app/core/ids.ts";
import { gatherClicks } from "#app/core/attribution/gather-clicks.ts";
import type { DeliveryContent } from "#app/core/orders/delivery.ts";
import type { FinancialStatus, OrderFacts, OrderLine } from "#app/core/orders/order-facts.ts";
import {
  currencyCode,
  digits,
  fields,
  flag,
  ifReadable,
  instant,
  listOf,
  maybe,
  present,
  readShape,
  text,
  whole,
  type Shaped,
} from "./json-shapes.ts";
import { checkoutHash } from "./checkout-hash.ts";
import { cartClicks, landingClicks, namedOnLanding } from "./told-clicks.ts";
import { refundPayload, toRefund } from "./read-refund-payload.ts";
import { tookMinor, type TypedCode } from "./took-minor.ts";
import {
  amount,
  AmountError,
  anyDigits,
  anyInstant,
  currentTotals,
  inMinorUnits,
  moneySet,
  shopAmount,
  withExactAmounts,
} from "./shopify-amounts.ts";

const discountApplication = fields({ type: text, code: maybe(text) });
const noteAttribute = fields({ name: text, value: text });
const allocation = fields({
  amount,
  amount_set: moneySet,
  discount_application_index: ifReadable(whole),
});
const taxLine = fields({ price: amount, price_set: moneySet });
const lineItem = fields({
  id: digits,
  sku: maybe(text),
  variant_id: maybe(digits),
  title: maybe(text),
  vendor: maybe(text),
  quantity: whole,
  current_quantity: maybe(whole),
  gift_card: maybe(flag),
  tip_payment_gateway: present,
  price: amount,
  price_set: moneySet,
  discount_allocations: maybe(listOf(allocation)),
  tax_lines: maybe(listOf(taxLine)),
});
/** Only what is kept: names, addresses, phones and all the rest are never even read. */
const orderPayload = fields({
  id: digits,
  name: maybe(text),
  currency: currencyCode,
  created_at: instant,
  updated_at: instant,
  cancelled_at: maybe(instant),
  cancel_reason: maybe(text),
  financial_status: statusOrNull,
  test: maybe(flag),
  source_name: maybe(text),
  taxes_included: maybe(flag),
  email: maybe(text),
  checkout_token: ifReadable(text),
  landing_site: ifReadable(text),
  note_attributes: ifReadable(listOf(ifReadable(noteAttribute))),
  discount_applications: maybe(listOf(discountApplication)),
  line_items: listOf(lineItem),
  current_subtotal_price: ifReadable(amount),
  current_subtotal_price_set: moneySet,
  current_total_tax: ifReadable(amount),
  current_total_tax_set: moneySet,
  refunds: maybe(listOf(refundPayload)),
});

type OrderPayload = Shaped<typeof orderPayload>;

export const financialStatus = z.enum([
  "pending",
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "voided",
  "expired",
]);
const STATUSES = new Map(financialStatus.options.map((status) => [status as unknown, status]));

/** A status of later days says nothing to us, and no order is lost for it. */
function statusOrNull(value: unknown): FinancialStatus | null {
  return STATUSES.get(value) ?? null;
}

/** What can be said of an order that can't be read; the name only where it looks like a number. */
const identity = z.object({
  id: anyDigits.optional().catch(undefined),
  name: z
    .string()
    .regex(/^(?=.*\d)[^\s@]{1,20}$/)
    .optional()
    .catch(undefined),
  order_number: anyDigits.optional().catch(undefined),
  created_at: anyInstant.optional().catch(undefined),
});

/** The REST order of an `orders/*` webhook → its facts, or a sentence that says what is wrong with it. */
export function readOrderPayload(json: unknown): DeliveryContent {
  const order = readShape(orderPayload, json);
  if (!order.ok) return unusable(json, `missing or wrong: ${order.wrong.slice(0, 5).join(", ")}`);
  const { id } = order.value;
  if (!isOrderId(id)) return unusable(json, "its id is no number");
  try {
    const facts = withExactAmounts(toFacts(order.value, id));
    const named = namedOnLanding(order.value.landing_site);
    return { kind: "order", facts, ...(named && { named }) };
  } catch (error) {
    if (error instanceof AmountError) return unusable(json, error.message);
    throw error;
  }
}

function unusable(json: unknown, why: string): DeliveryContent {
  const { data } = identity.safeParse(json);
  const orderId = data?.id && isOrderId(data.id) ? data.id : null;
  const name = data?.name ?? data?.order_number ?? orderId;
  const problem = name
    ? `Order ${name} in Shopify's delivery can't be read: ${why}`
    : `Shopify's delivery holds no order that can be read: ${why}`;
  const dated = data?.created_at ? { placedAt: data.created_at } : {};
  return { kind: "unusable", orderId, ...dated, problem };
}

function toFacts(order: OrderPayload, orderId: OrderId): OrderFacts {
  const minor = inMinorUnits(order.currency);
  const typed = typedCodes(order);
  const allocations = order.line_items.flatMap((line) => line.discount_allocations ?? []);
  return {
    orderId,
    name: order.name ?? `#${orderId}`,
    currency: order.currency,
    placedAt: order.created_at,
    updatedAt: order.updated_at,
    cancelledAt: order.cancelled_at,
    cancelReason: order.cancel_reason,
    financialStatus: order.financial_status,
    test: order.test ?? false,
    sourceName: order.source_name ?? "",
    typedCodes: typed.map(({ code }) => code),
    clicks: gatherClicks([
      ...cartClicks(order.note_attributes ?? []),
      ...landingClicks(order.landing_site),
    ]),
    checkoutHash: order.checkout_token ? checkoutHash(order.checkout_token) : null,
    taxesIncluded: order.taxes_included ?? false,
    tookMinor: tookMinor(
      typed,
      allocations.map((one) => ({
        application: one.discount_application_index,
        minor: minor(shopAmount(one.amount, one.amount_set)),
      })),
    ),
    lines: order.line_items.map((line) => toLine(line, minor)),
    current: currentTotals(
      order.currency,
      order.current_subtotal_price_set?.shop_money.amount ?? order.current_subtotal_price,
      order.current_total_tax_set?.shop_money.amount ?? order.current_total_tax,
    ),
    refunds: (order.refunds ?? []).map((refund) => toRefund(refund, order.currency)),
    emailSha1: order.email ? emailSha1(order.email) : null,
  };
}

/** On draft orders a typed discount title looks like a code; only `discount_code` applications are. */
function typedCodes({ discount_applications: applications }: OrderPayload): TypedCode[] {
  return (applications ?? []).flatMap(({ type, code }, application) =>
    type === "discount_code" && code ? [{ code, application }] : [],
  );
}

function toLine(line: Shaped<typeof lineItem>, minor: (text: string) => number): OrderLine {
  const sum = (amounts: string[]) => amounts.reduce((total, text) => total + minor(text), 0);
  return {
    lineId: line.id,
    sku: line.sku,
    variantId: line.variant_id,
    title: line.title ?? "",
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.current_quantity ?? line.quantity,
    giftCard: line.gift_card ?? false,
    tip: isTip(line),
    grossMinor: minor(shopAmount(line.price, line.price_set)) * line.quantity,
    discountMinor: sum(
      (line.discount_allocations ?? []).map((one) => shopAmount(one.amount, one.amount_set)),
    ),
    taxMinor: sum((line.tax_lines ?? []).map((tax) => shopAmount(tax.price, tax.price_set))),
  };
}

/**
 * `tip_payment_gateway` is "present only on tips" (REST Order), where it can be null (ShopifySharp #706).
 * What has a variant is goods, should the field be there on every line one day.
 */
function isTip(line: Shaped<typeof lineItem>): boolean {
  return line.tip_payment_gateway && line.variant_id === null;
}

/** As impact.com's own functions hash it: trimmed, lower-cased, SHA-1 (reference/impact.md, 2.2). */
function emailSha1(email: string): string {
  return hash("sha1", email.trim().toLowerCase());
}
