import type { Attribution, CodeCandidate } from "#app/core/attribution/attribution.ts";
import { explainAttribution } from "#app/core/orders/explain-order.ts";
import { orderTimeline } from "#app/core/orders/order-timeline.ts";
import type { OrderReading } from "#app/core/orders/read-order.ts";
import { timeFormats } from "../time-formats.server.ts";
import { arithmeticView } from "./arithmetic-view.server.ts";
import { conversionView } from "./conversion-view.server.ts";
import { orderRow } from "./order-row.server.ts";

export type OrderView = ReturnType<typeof orderView>;
export type DecisionView = NonNullable<OrderView["decision"]>;

/** One order with all it takes to follow it from checkout to credit. */
export function orderView(history: OrderReading, shop: { timeZone: string }) {
  const { order, decision, conversions } = history;
  const times = timeFormats(shop.timeZone);
  return {
    ...orderRow(order, shop),
    timeZone: shop.timeZone,
    canRetry: history.canRetry,
    nextStep: history.nextStep,
    isWaiting: order.state === "waiting",
    decision: decision && decisionView(decision.attribution),
    arithmetic: arithmeticView(history, times),
    conversions: conversions.map((conversion) => conversionView(conversion, order, times)),
    timeline: orderTimeline(history).map((hop) => ({ ...hop, at: times.second(hop.at) })),
  };
}

const VERDICTS: Record<CodeCandidate["verdict"], string> = {
  earns: "Earns the order",
  shares: "Earns a part of the order",
  "click-earns": "The click earns",
  "smaller-discount": "Took off less than the code that earns",
  "lower-priority": "Of a discount below the one that earns",
  "entered-later": "Entered after the code that earns",
  "not-a-partner-code": "Not assigned to a partner",
  "not-assigned-then": "Assigned to nobody when the order was placed",
};

function decisionView(attribution: Attribution) {
  return {
    because: explainAttribution(attribution),
    candidates: attribution.candidates
      .filter((candidate) => candidate.kind === "code")
      .map(({ code, partner, verdict }) => ({
        id: code,
        code,
        partner: partner?.name ?? null,
        earns: verdict === "earns",
        verdict: VERDICTS[verdict],
        isNobodys: verdict === "not-a-partner-code" || verdict === "not-assigned-then",
      })),
  };
}
