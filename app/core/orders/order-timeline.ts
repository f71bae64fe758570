import type { Attribution } from "../attribution/attribute-order.ts";
import type { Conversion, Submission } from "../conversions/conversion.ts";
import { explainReasons } from "../conversions/explain-reasons.ts";
import type { Delivery } from "./delivery.ts";
import { explainAttribution } from "./explain-order.ts";
import type { Order } from "./order.ts";

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
  submissions: Submission[];
}

/** Every hop of an order with its time, oldest first. */
export function orderTimeline(history: OrderHistory): Hop[] {
  const hops = [
    { at: history.order.placedAt, title: "Placed at Shopify", detail: null, tone: "done" as const },
    ...history.deliveries.flatMap(deliveryHops),
    ...decisionHops(history),
    ...history.conversions.flatMap(conversionHops),
    ...history.submissions.flatMap(submissionHops),
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
      ? `Attributed to ${attribution.partner.name}`
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

function submissionHops({ completedAt, errorReason }: Submission): Hop[] {
  if (!completedAt) return [];
  if (!errorReason) {
    return [{ at: completedAt, title: "Processed by impact.com", detail: null, tone: "done" }];
  }
  const detail = explainReasons(errorReason.split(" "));
  return [{ at: completedAt, title: "Refused by impact.com", detail, tone: "problem" }];
}
