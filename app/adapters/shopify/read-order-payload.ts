import { hash } from "node:crypto";
import { z } from "zod";
import type { OrderId } from "#app/core/ids.ts";
import { isOrderId } from "#app/core/ids.ts";
import type { DeliveryContent } from "#app/core/orders/delivery.ts";
import type { OrderFacts, OrderLine } from "#app/core/orders/order-facts.ts";
import { refundPayload, toRefund } from "./read-refund-payload.ts";
import {
  amount,
  AmountError,
  digits,
  inMinorUnits,
  instant,
  moneySet,
  shopAmount,
  withExactAmounts,
} from "./shopify-amounts.ts";

const discountApplication = z.object({ type: z.string(), code: z.string().nullish() });
const allocation = z.object({ amount, amount_set: moneySet });
const taxLine = z.object({ price: amount, price_set: moneySet });
const lineItem = z.object({
  id: digits,
  sku: z.string().nullish(),
  variant_id: digits.nullish(),
  title: z.string().nullish(),
  vendor: z.string().nullish(),
  quantity: z.number().int(),
  current_quantity: z.number().int().nullish(),
  gift_card: z.boolean().nullish(),
  price: amount,
  price_set: moneySet,
  discount_allocations: z.array(allocation).nullish(),
  tax_lines: z.array(taxLine).nullish(),
});
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
/** Only what is kept: names, addresses, phones and all the rest are never even read. */
const orderPayload = z.object({
  id: digits,
  name: z.string().nullish(),
  currency: z.string().length(3),
  created_at: instant,
  updated_at: instant,
  cancelled_at: instant.nullish(),
  cancel_reason: z.string().nullish(),
  financial_status: financialStatus.nullish().catch(null),
  test: z.boolean().nullish(),
  source_name: z.string().nullish(),
  taxes_included: z.boolean().nullish(),
  email: z.string().nullish(),
  discount_applications: z.array(discountApplication).nullish(),
  line_items: z.array(lineItem),
  refunds: z.array(refundPayload).nullish(),
});

type OrderPayload = z.infer<typeof orderPayload>;

/** What can be said of an order that can't be read; the name only where it looks like a number. */
const identity = z.object({
  id: digits.optional().catch(undefined),
  name: z
    .string()
    .regex(/^(?=.*\d)[^\s@]{1,20}$/)
    .optional()
    .catch(undefined),
  order_number: digits.optional().catch(undefined),
  created_at: instant.optional().catch(undefined),
});

/** The REST order of an `orders/*` webhook → its facts, or a sentence that says what is wrong with it. */
export function readOrderPayload(json: unknown): DeliveryContent {
  const parsed = orderPayload.safeParse(json);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".") || "body"))];
    return unusable(json, `missing or wrong: ${fields.slice(0, 5).join(", ")}`);
  }
  if (!isOrderId(parsed.data.id)) return unusable(json, "its id is no number");
  try {
    return { kind: "order", facts: withExactAmounts(toFacts(parsed.data, parsed.data.id)) };
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
  return {
    orderId,
    name: order.name ?? `#${orderId}`,
    currency: order.currency,
    placedAt: order.created_at,
    updatedAt: order.updated_at,
    cancelledAt: order.cancelled_at ?? null,
    cancelReason: order.cancel_reason ?? null,
    financialStatus: order.financial_status ?? null,
    test: order.test ?? false,
    sourceName: order.source_name ?? "",
    typedCodes: typedCodes(order),
    taxesIncluded: order.taxes_included ?? false,
    lines: order.line_items.map((line) => toLine(line, minor)),
    refunds: (order.refunds ?? []).map((refund) => toRefund(refund, order.currency)),
    emailSha1: order.email ? emailSha1(order.email) : null,
  };
}

/** On draft orders a typed discount title looks like a code; only `discount_code` applications are. */
function typedCodes({ discount_applications: applications }: OrderPayload): string[] {
  return (applications ?? []).flatMap(({ type, code }) =>
    type === "discount_code" && code ? [code] : [],
  );
}

function toLine(line: z.infer<typeof lineItem>, minor: (text: string) => number): OrderLine {
  const sum = (amounts: string[]) => amounts.reduce((total, text) => total + minor(text), 0);
  return {
    lineId: line.id,
    sku: line.sku ?? null,
    variantId: line.variant_id ?? null,
    title: line.title ?? "",
    vendor: line.vendor ?? null,
    quantity: line.quantity,
    currentQuantity: line.current_quantity ?? line.quantity,
    giftCard: line.gift_card ?? false,
    grossMinor: minor(shopAmount(line.price, line.price_set)) * line.quantity,
    discountMinor: sum(
      (line.discount_allocations ?? []).map((one) => shopAmount(one.amount, one.amount_set)),
    ),
    taxMinor: sum((line.tax_lines ?? []).map((tax) => shopAmount(tax.price, tax.price_set))),
  };
}

/** As impact.com's own functions hash it: trimmed, lower-cased, SHA-1 (reference/impact.md, 2.2). */
function emailSha1(email: string): string {
  return hash("sha1", email.trim().toLowerCase());
}
