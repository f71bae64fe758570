import type { Attribution, Candidate } from "#app/core/attribution/attribute-order.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { mayBeRetried } from "#app/core/orders/order-state.ts";
import { formatMoney } from "#app/core/money.ts";
import { explainAttribution } from "#app/core/orders/explain-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import { netMinor, type OrderFacts } from "#app/core/orders/order-facts.ts";
import { orderTimeline, type OrderHistory } from "#app/core/orders/order-timeline.ts";
import { timeFormats, type TimeFormats } from "../time-formats.server.ts";
import { orderRow } from "./order-row.server.ts";

export type OrderView = ReturnType<typeof orderView>;
export type ArithmeticView = OrderView["arithmetic"];
export type ConversionView = OrderView["conversions"][number];
export type DecisionView = NonNullable<OrderView["decision"]>;

/** One order with all it takes to follow it from checkout to credit. */
export function orderView(history: OrderHistory, shop: { timeZone: string }) {
  const { order, decision, conversions } = history;
  const times = timeFormats(shop.timeZone);
  return {
    ...orderRow(order, shop),
    timeZone: shop.timeZone,
    canRetry: mayBeRetried(order.reason),
    isWaiting: order.state === "waiting",
    decision: decision && decisionView(decision.attribution),
    arithmetic: arithmeticView(order.facts, order.netMinor),
    conversions: conversions.map((conversion) => conversionView(conversion, order.partner, times)),
    timeline: orderTimeline(history).map((hop) => ({ ...hop, at: times.second(hop.at) })),
  };
}

const VERDICTS: Record<Candidate["verdict"], string> = {
  earns: "Earns the order",
  "entered-later": "Entered after the code that earns",
  "not-a-partner-code": "Not assigned to a partner",
  "not-assigned-then": "Assigned to nobody when the order was placed",
};

function decisionView(attribution: Attribution) {
  return {
    because: explainAttribution(attribution),
    candidates: attribution.candidates.map(({ code, partner, verdict }) => ({
      id: code,
      code,
      partner: partner?.name ?? null,
      earns: verdict === "earns",
      verdict: VERDICTS[verdict],
    })),
  };
}

function arithmeticView(facts: OrderFacts, orderNet: number) {
  const money = (minor: number) => formatMoney({ minor, currency: facts.currency });
  const less = (minor: number) => (minor === 0 ? money(0) : `−${money(minor)}`);
  return {
    taxesIncluded: facts.taxesIncluded,
    lines: facts.lines.map((line) => ({
      id: line.lineId,
      title: line.title,
      quantity: line.quantity,
      sku: line.sku,
      gross: money(line.grossMinor),
      discount: less(line.discountMinor),
      tax: facts.taxesIncluded ? less(line.taxMinor) : null,
      net: money(netMinor(facts, line)),
    })),
    total: money(orderNet),
  };
}

const CONVERSION_STATES: Record<Conversion["state"], string> = {
  ready: "About to be sent",
  sending: "Being sent",
  sent: "Received by impact.com, outcome open",
  credited: "Credited",
  failed: "Failed",
};

const CUSTOMER_STATUS = { NEW: "New customer", EXISTING: "Returning customer" };

function conversionView(conversion: Conversion, partner: Order["partner"], times: TimeFormats) {
  const { id, state, impactOrderId, programId, eventTypeId, code, currency } = conversion;
  const isSamePartner = partner?.partnerId === conversion.partnerId;
  const money = (minor: number) => formatMoney({ minor, currency });
  return {
    id,
    state: CONVERSION_STATES[state],
    nextAttemptAt: conversion.nextAttemptAt && times.second(conversion.nextAttemptAt),
    impactOrderId,
    programId,
    eventTypeId,
    partner: isSamePartner
      ? `${partner.name} (${conversion.partnerId})`
      : `${conversion.partnerId}`,
    code,
    amount: money(conversion.amountMinor),
    eventAt: times.second(conversion.eventAt),
    customer: conversion.customerStatus && CUSTOMER_STATUS[conversion.customerStatus],
    items: conversion.lines.map((line) => ({
      id: line.sku,
      ...line,
      subtotal: money(line.subtotalMinor),
    })),
  };
}
