import type { Adjustment } from "../adjustments/adjustment.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { explainAttribution } from "../attribution/explain-attribution.ts";
import type { Conversion, Submission } from "../conversions/conversion.ts";
import { explainReasons } from "../conversions/explain-reasons.ts";
import { formatMoney } from "../money.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import type { Delivery } from "./delivery.ts";
import { sharerNames } from "./explain-order.ts";
import type { Order } from "./order.ts";
import type { Refund } from "./order-facts.ts";

/** One step of an order's way from checkout to credit. */
export interface Hop {
  at: Date;
  title: string;
  detail: string | null;
  tone: "done" | "problem";
}

export interface OrderHistory {
  order: Order;
  deliveries: Delivery[];
  decision: { attribution: Attribution; decidedAt: Date } | null;
  conversions: Conversion[];
  adjustments: Adjustment[];
  submissions: Submission[];
  /** What its amounts stand for: as its conversion has it, or as it would. */
  amountBasis: AmountBasis;
}

/** Every hop of an order with its time, oldest first. */
export function orderTimeline(history: OrderHistory): Hop[] {
  const hops = [
    { at: history.order.placedAt, title: "Placed at Shopify", detail: null, tone: "done" as const },
    ...history.deliveries.flatMap(deliveryHops),
    ...decisionHops(history),
    ...history.conversions.flatMap(conversionHops),
    ...history.submissions.flatMap(submissionHops),
    ...history.order.refunds.map(refundHop),
    ...cancellationHops(history.order),
    ...history.adjustments.flatMap(adjustmentHops),
  ];
  return hops.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function deliveryHops(delivery: Delivery): Hop[] {
  const again =
    delivery.repeats > 0 ? `Delivered ${delivery.repeats} more times; counted once.` : null;
  const { receivedAt: at, topic, problem } = delivery;
  if (delivery.state === "failed") {
    return [{ at, title: `Webhook ${topic} could not be used`, detail: problem, tone: "problem" }];
  }
  return [{ at, title: `Webhook ${topic} received`, detail: again, tone: "done" }];
}

function decisionHops({ decision }: OrderHistory): Hop[] {
  if (!decision) return [];
  const { attribution, decidedAt } = decision;
  const title =
    attribution.outcome === "credited"
      ? `Attributed to ${sharerNames(attribution)}`
      : "Attributed to nobody";
  return [{ at: decidedAt, title, detail: explainAttribution(attribution), tone: "done" }];
}

function conversionHops(conversion: Conversion): Hop[] {
  const { sentAt, attempts, problem, state, settledAt } = conversion;
  const hops: Hop[] = [];
  if (sentAt) {
    const detail = attempts > 1 ? `Accepted at attempt ${attempts}.` : null;
    hops.push({ at: sentAt, title: "Accepted by impact.com", detail, tone: "done" });
  }
  if (settledAt && state === "credited") {
    hops.push({ at: settledAt, title: "Credited at impact.com", detail: null, tone: "done" });
  }
  if (settledAt && state === "failed") {
    hops.push({ at: settledAt, title: "Not credited", detail: problem, tone: "problem" });
  }
  return hops;
}

/** Those of adjustments are told by the adjustments themselves. */
function submissionHops({ completedAt, errorReason, adjustmentId }: Submission): Hop[] {
  if (!completedAt || adjustmentId !== null) return [];
  if (!errorReason) {
    return [{ at: completedAt, title: "Processed by impact.com", detail: null, tone: "done" }];
  }
  const detail = explainReasons(errorReason.split(" "));
  return [{ at: completedAt, title: "Refused by impact.com", detail, tone: "problem" }];
}

function refundHop({ createdAt, lines }: Refund): Hop {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const detail =
    units === 0 ? "Money only, no items." : units === 1 ? "1 item." : `${units} items.`;
  return { at: createdAt, title: "Refunded in Shopify", detail, tone: "done" };
}

function cancellationHops({ facts: { cancelledAt, cancelReason } }: Order): Hop[] {
  if (!cancelledAt) return [];
  const detail = cancelReason && `Reason given in Shopify: ${cancelReason}.`;
  return [{ at: cancelledAt, title: "Cancelled in Shopify", detail, tone: "done" }];
}

const BECAUSE: Partial<Record<Adjustment["disposition"], string>> = {
  ORDER_UPDATE: "The order was changed or refunded.",
  ITEM_RETURNED: "Everything was refunded.",
  ITEM_OUT_OF_STOCK: "The order was cancelled: out of stock.",
  CONS_FRAUD: "The order was cancelled as fraud.",
  ORDER_ERROR: "The order was cancelled, or never paid.",
  REJECTED: "Nothing of the order is left.",
};

function adjustmentHops(adjustment: Adjustment): Hop[] {
  const { kind, state, sentAt, settledAt, attempts, disposition } = adjustment;
  const hops: Hop[] = [];
  const change = changeOf(adjustment);
  if (sentAt) {
    const title = kind === "reversal" ? "Reversal sent to impact.com" : "Change sent to impact.com";
    const tries = attempts > 1 ? `Accepted at attempt ${attempts}.` : null;
    const detail = [BECAUSE[disposition], change, tries].filter(Boolean).join(" ");
    hops.push({ at: sentAt, title, detail, tone: "done" });
  }
  if (settledAt && state === "applied") {
    const title = kind === "reversal" ? "Reversed at impact.com" : "Changed at impact.com";
    hops.push({ at: settledAt, title, detail: change, tone: "done" });
  }
  if (settledAt && state === "failed") {
    const title = kind === "reversal" ? "Not reversed at impact.com" : "Not changed at impact.com";
    const detail = [change, adjustment.problem].filter(Boolean).join(" ");
    hops.push({ at: settledAt, title, detail, tone: "problem" });
  }
  return hops;
}

function changeOf({ fromMinor, toMinor, currency }: Adjustment): string {
  const money = (minor: number) => formatMoney({ minor, currency });
  return `${money(fromMinor)} → ${money(toMinor)}.`;
}
