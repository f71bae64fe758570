import type { ReasonCount } from "#app/core/ledger/read-ledger.ts";
import type { OrderReason, OrderState } from "#app/core/orders/order-state.ts";

const MEANINGS: Record<Exclude<OrderState, "waiting">, string> = {
  reported: "credited at impact.com",
  ignored: "no partner earned it",
  failed: "needs you",
};

const WAITS: Partial<Record<OrderReason, string>> = {
  "not-connected": "for impact.com to be connected",
  "not-paid": "for payment",
  "code-not-registered": "for their codes to be registered",
  "click-pending": "for what impact.com says of a click",
  adjusting: "for impact.com to be told of a change",
  "trying-again": "for another try",
};
const ON_ITS_WAY = "on the way to impact.com";

/** What a state's number stands for; of waiting orders, what they wait for: "3 for payment, 1 for another try". */
export function stateMeaning(state: OrderState, reasons: readonly ReasonCount[]): string {
  if (state !== "waiting") return MEANINGS[state];
  const counts = new Map<string, number>();
  for (const { reason, orders } of reasons.filter((one) => one.state === "waiting")) {
    const meaning = WAITS[reason] ?? ON_ITS_WAY;
    counts.set(meaning, (counts.get(meaning) ?? 0) + orders);
  }
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  const [only, second] = sorted;
  if (!only) return "not settled yet";
  if (!second) return only[0];
  return sorted
    .map(([meaning, orders]) => `${orders.toLocaleString("en-US")} ${meaning}`)
    .join(", ");
}
