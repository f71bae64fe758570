import { heldBy } from "#app/core/adjustments/judge-conversion.ts";
import { heldMinor } from "#app/core/adjustments/plan-adjustment.ts";
import { percentText } from "#app/core/attribution/percent-text.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { totalMinor } from "#app/core/conversions/conversion-lines.ts";
import { formatMoney } from "#app/core/money.ts";
import { standingOf } from "#app/core/conversions/standing.ts";
import type { OrderPart } from "#app/core/conversions/part-of-lines.ts";
import type { Order } from "#app/core/orders/order.ts";
import { nameOfPart } from "#app/core/orders/status-of-parts.ts";
import { reasonLabel } from "../ledger/reason-label.ts";
import type { TimeFormats } from "../time-formats.server.ts";

export type ConversionView = ReturnType<typeof conversionView>;

const STATES: Record<Exclude<Conversion["state"], "ready">, string> = {
  sending: "Being sent",
  sent: "Received by impact.com, outcome open",
  credited: "Credited",
  failed: "Failed",
};

const CUSTOMER_STATUS = { NEW: "New customer", EXISTING: "Returning customer" };

/** What impact.com was told of an order and what it holds now. */
export function conversionView(
  conversion: Conversion,
  order: Pick<Order, "partner" | "shares" | "reason" | "problem">,
  times: TimeFormats,
) {
  const { partner, shares } = order;
  const { id, state, impactOrderId, programId, eventTypeId, code, clickId, currency } = conversion;
  const { lines, reversedAt, sentAt, part, standing } = conversion;
  const partners = [partner, ...(shares ?? []).map((share) => share.partner)];
  const earner = partners.find((one) => one?.partnerId === conversion.partnerId);
  const money = (minor: number) => formatMoney({ minor, currency });
  const isCredited = state === "credited";
  const held = heldBy(conversion);
  const bySku = new Map(held.map((item) => [item.sku, item]));
  const items = lines.map(({ sku, name, category, quantity, subtotalMinor }) => {
    const now = bySku.get(sku);
    const isChanged = now?.quantity !== quantity || now.amountMinor !== subtotalMinor;
    return {
      ...{ id: sku, sku, name, category, quantity },
      subtotal: money(subtotalMinor),
      now:
        isCredited && isChanged && now
          ? now.quantity === 0
            ? "None"
            : `${now.quantity} for ${money(now.amountMinor)}`
          : null,
    };
  });
  return {
    id,
    title: part ? nameOfPart(conversion) : null,
    part: part && percentOf(part),
    problem: part && (standing?.problem ?? null),
    state: reversedAt
      ? `${sentAt ? "Reversed" : "Taken back"} ${times.second(reversedAt)}`
      : state === "ready"
        ? reasonLabel(standingOf(order, conversion).reason)
        : STATES[state],
    nextAttemptAt: conversion.nextAttemptAt && times.second(conversion.nextAttemptAt),
    impactOrderId,
    programId,
    eventTypeId,
    partner: earner
      ? `${earner.name} (${earner.partnerId})`
      : (conversion.partnerId ??
        "Whoever the click is of: impact.com says so once it has credited it"),
    code,
    clickId,
    amount: money(lines.length > 0 ? totalMinor(lines) : conversion.amountMinor),
    held: isCredited ? money(heldMinor(held)) : null,
    eventAt: times.second(conversion.eventAt),
    customer: conversion.customerStatus && CUSTOMER_STATUS[conversion.customerStatus],
    isChanged: items.some(({ now }) => now !== null),
    items,
  };
}

function percentOf({ weights, position }: OrderPart): string {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return `${percentText(weights[position] ?? 0, whole)} of each item's amount`;
}
