import { adjustmentHops } from "../adjustments/adjustment-hops.ts";
import type { Adjustment } from "../adjustments/adjustment.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { explainAttribution, explainNotPayable } from "../attribution/explain-attribution.ts";
import type { Conversion, Submission } from "../conversions/conversion.ts";
import { explainReasons } from "../conversions/explain-reasons.ts";
import { REPORTING_DAYS } from "../conversions/reporting-limit.ts";
import type { CreditedThere } from "../ledger/reconciliation.ts";
import { formatMoney } from "../money.ts";
import type { ClickRefusal } from "../ports/click-store.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import type { Delivery } from "./delivery.ts";
import { sharerNames } from "./explain-order.ts";
import { WAITS_FOR, type ImpactNeed } from "./impact-need.ts";
import type { Order } from "./order.ts";
import type { Refund } from "./order-facts.ts";
import { nameOfPart } from "./status-of-parts.ts";

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
  /** Clicks by which it was reported, and impact.com would pay nobody. */
  refusals: ClickRefusal[];
  /** What impact.com's lists showed of it that this app has not reported. */
  creditedThere: (CreditedThere & { partner: string })[];
  /** What its amounts stand for: as its conversion has it, or as it would. */
  amountBasis: AmountBasis;
  /** What it waits for that only the merchant can give. */
  need: ImpactNeed | null;
  /** Until then it can be reported, where it waits for that and impact.com was not told of it yet. */
  endsAt: Date | null;
}

/** Every hop of an order with its time, oldest first. */
export function orderTimeline(history: OrderHistory): Hop[] {
  const hops = [
    { at: history.order.placedAt, title: "Placed at Shopify", detail: null, tone: "done" as const },
    ...history.deliveries.flatMap(deliveryHops),
    ...decisionHops(history),
    ...history.conversions.flatMap(conversionHops),
    ...history.submissions.flatMap((one) => submissionHops(history, one)),
    ...history.refusals.map(refusalHop),
    ...history.creditedThere.map(creditedHop),
    ...history.order.refunds.map(refundHop),
    ...cancellationHops(history.order),
    ...history.adjustments.flatMap((one) => stepsOf(history, one)),
    ...waitHops(history),
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
  const titled = (title: string) => withPart(title, conversion);
  if (sentAt) {
    const detail = attempts > 1 ? `Accepted at attempt ${attempts}.` : null;
    hops.push({ at: sentAt, title: titled("Accepted by impact.com"), detail, tone: "done" });
  }
  // One that was taken back before impact.com heard of it was never credited.
  if (settledAt && state === "credited" && sentAt) {
    const title = titled("Credited at impact.com");
    hops.push({ at: settledAt, title, detail: null, tone: "done" });
  }
  if (settledAt && state === "failed") {
    hops.push({ at: settledAt, title: titled("Not credited"), detail: problem, tone: "problem" });
  }
  return hops;
}

/** Where several share an order, each step says whose it is. */
function withPart(title: string, conversion: Conversion | undefined): string {
  return conversion?.part ? `${title}: ${nameOfPart(conversion)}` : title;
}

/** Those of adjustments are told by the adjustments themselves. */
function submissionHops(
  { conversions }: OrderHistory,
  { conversionId, completedAt, errorReason, adjustmentId }: Submission,
): Hop[] {
  if (!completedAt || adjustmentId !== null) return [];
  const conversion = conversions.find(({ id }) => id === conversionId);
  if (!errorReason) {
    const title = withPart("Processed by impact.com", conversion);
    return [{ at: completedAt, title, detail: null, tone: "done" }];
  }
  const detail = explainReasons(errorReason.split(" "), conversion?.code);
  const title = withPart("Refused by impact.com", conversion);
  return [{ at: completedAt, title, detail, tone: "problem" }];
}

function refusalHop({ refusedAt: at, reason }: ClickRefusal): Hop {
  const detail = explainNotPayable(reason);
  return { at, title: "The click was refused by impact.com", detail, tone: "problem" };
}

function creditedHop({
  foundAt: at,
  partner,
  programId,
  ...seen
}: CreditedThere & { partner: string }): Hop {
  const { amountMinor: minor, currency } = seen;
  const amount =
    minor !== null && currency !== null ? formatMoney({ minor, currency }) : "an amount";
  const where = programId === "" ? "" : ` in program ${programId}`;
  const detail = `impact.com credits ${partner} with ${amount}${where}, and this app did not report it.`;
  return { at, title: "Found credited at impact.com by another way", detail, tone: "problem" };
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

/** What it waits for now is told as long as it does. */
function waitHops({ order: { stateSince: at, problem }, need, endsAt }: OrderHistory): Hop[] {
  if (!need) return [];
  const limit = `impact.com takes an order for ${REPORTING_DAYS} days after it was placed.`;
  const detail = [problem, endsAt && limit].filter(Boolean).join(" ") || null;
  return [{ at, title: WAITS_FOR[need], detail, tone: "problem" }];
}

function stepsOf({ conversions, refusals }: OrderHistory, adjustment: Adjustment): Hop[] {
  const conversion = conversions.find(({ id }) => id === adjustment.conversionId);
  const hops = adjustmentHops(adjustment, refusals);
  return hops.map((hop) => ({ ...hop, title: withPart(hop.title, conversion) }));
}
