import { orderTimeline } from "#app/core/orders/order-timeline.ts";
import type { OrderReading } from "#app/core/orders/read-order.ts";
import { waitStep } from "../problems/impact-waits-view.server.ts";
import { timeFormats } from "../time-formats.server.ts";
import { arithmeticView } from "./arithmetic-view.server.ts";
import { conversionView } from "./conversion-view.server.ts";
import { decisionView } from "./decision-view.server.ts";
import { orderRow } from "./order-row.server.ts";

export type OrderView = ReturnType<typeof orderView>;

function retryLabelOf({ canRetry, canReportAfterAll }: OrderReading): string | null {
  if (canReportAfterAll) return "Report it after all";
  return canRetry ? "Try again" : null;
}

/** One order with all it takes to follow it from checkout to credit. */
export function orderView(history: OrderReading, shop: { timeZone: string }) {
  const { order, decision, conversions, need, endsAt } = history;
  const times = timeFormats(shop.timeZone);
  const wait = need && waitStep(need, endsAt && times.day(endsAt));
  return {
    ...orderRow(order, shop),
    timeZone: shop.timeZone,
    retryLabel: retryLabelOf(history),
    nextStep: history.nextStep ?? wait?.text ?? null,
    /** Leads to the page of impact.com, where only the merchant can help. */
    connectLabel: wait && wait.button,
    isWaiting: order.state === "waiting",
    decision:
      decision &&
      decisionView(decision.attribution, { others: history.others, reason: order.reason }, times),
    arithmetic: arithmeticView(history, times),
    conversions: conversions.map((conversion) => conversionView(conversion, order, times)),
    timeline: orderTimeline(history).map((hop) => ({ ...hop, at: times.second(hop.at) })),
  };
}
