import { gatherClicks, type ToldClick } from "../attribution/gather-clicks.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { toCsv } from "../csv.ts";
import { toDecimal } from "../money.ts";
import { sharerNames } from "../orders/explain-order.ts";
import type { Delivery } from "../orders/delivery.ts";
import type { Order } from "../orders/order.ts";

/** All that is held of one order, in words a customer can read. Amounts are decimals, times as given. */
export interface HeldOrder {
  order: string;
  orderId: string;
  placedAt: string;
  lastChangedAt: string;
  cancelledAt: string | null;
  payment: string | null;
  salesChannel: string;
  currency: string;
  typedCodes: string[];
  /** Of the partner's link that led to the shop, as impact.com numbers clicks. */
  clickIds: string[];
  items: {
    title: string;
    sku: string | null;
    quantity: number;
    beforeDiscounts: string;
    discounts: string;
    tax: string;
  }[];
  refunds: { at: string; quantity: number; amount: string }[];
  /** A SHA-1 of the customer's e-mail address; the address itself is never kept. */
  emailFingerprintHeld: boolean;
  earnedBy: string | null;
  /** With impact.com's id of the click that led to it, where that was sent. */
  reported: {
    amount: string;
    customer: "NEW" | "EXISTING" | null;
    at: string | null;
    clickId?: string;
  }[];
}

export function heldOrder(
  { order, clicks, conversions, deliveries }: HeldRows,
  time: (at: Date) => string,
): HeldOrder {
  const { facts, refunds, currency } = order;
  const money = (minor: number) => toDecimal({ minor, currency });
  return {
    order: order.name,
    orderId: order.orderId,
    placedAt: time(order.placedAt),
    lastChangedAt: time(facts.updatedAt),
    cancelledAt: facts.cancelledAt && time(facts.cancelledAt),
    payment: facts.financialStatus,
    salesChannel: facts.sourceName,
    currency,
    typedCodes: facts.typedCodes,
    clickIds: gatherClicks([...facts.clicks, ...clicks]).map(({ clickId }) => clickId),
    items: facts.lines.map(({ title, sku, quantity, grossMinor, discountMinor, taxMinor }) => ({
      title,
      sku,
      quantity,
      beforeDiscounts: money(grossMinor),
      discounts: money(discountMinor),
      tax: money(taxMinor),
    })),
    refunds: refunds.map(({ createdAt, lines, adjustmentMinor }) => ({
      at: time(createdAt),
      quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
      amount: money(lines.reduce((sum, line) => sum + line.subtotalMinor, -adjustmentMinor)),
    })),
    emailFingerprintHeld: isHashHeld({ order, conversions, deliveries }),
    earnedBy: earnersOf(order),
    reported: conversions.map(({ amountMinor, customerStatus, sentAt, clickId }) => ({
      amount: money(amountMinor),
      customer: customerStatus,
      at: sentAt && time(sentAt),
      ...(clickId && { clickId }),
    })),
  };
}

export interface HeldRows {
  order: Order;
  /** Those the pixel told of. */
  clicks: ToldClick[];
  conversions: Conversion[];
  deliveries: Delivery[];
}

function earnersOf({ partner, shares }: Order): string | null {
  if (!shares) return partner?.name ?? null;
  return sharerNames({ shares });
}

function isHashHeld({ order, conversions, deliveries }: Omit<HeldRows, "clicks">): boolean {
  const hashes = [
    order.facts.emailSha1,
    ...conversions.map(({ emailSha1 }) => emailSha1),
    ...deliveries.map(({ facts }) => facts?.emailSha1 ?? null),
  ];
  return hashes.some((hash) => hash !== null);
}

const TITLES = [
  "Order",
  "Order ID",
  "Placed at",
  "Last changed at",
  "Cancelled at",
  "Sales channel",
  "Codes",
  "Item",
  "SKU",
  "Quantity",
  "Before discounts",
  "Discounts",
  "Tax",
  "Currency",
  "E-mail fingerprint held",
  "Earned by",
];

/** One row for each item, or for an order without any; refunds and reports are in the JSON file alone. */
export function heldOrdersCsv(orders: readonly HeldOrder[]): string {
  return toCsv([TITLES, ...orders.flatMap(itemRows)]);
}

function itemRows(held: HeldOrder): string[][] {
  const items: (HeldItem | null)[] = held.items.length > 0 ? held.items : [null];
  return items.map((item) => [
    held.order,
    held.orderId,
    held.placedAt,
    held.lastChangedAt,
    held.cancelledAt ?? "",
    held.salesChannel,
    held.typedCodes.join(" "),
    ...itemCells(item),
    held.currency,
    held.emailFingerprintHeld ? "yes" : "no",
    held.earnedBy ?? "",
  ]);
}

type HeldItem = HeldOrder["items"][number];

function itemCells(item: HeldItem | null): string[] {
  if (!item) return ["", "", "", "", "", ""];
  const { title, sku, quantity, beforeDiscounts, discounts, tax } = item;
  return [title, sku ?? "", String(quantity), beforeDiscounts, discounts, tax];
}
