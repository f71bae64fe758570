import { formatMoney } from "../money.ts";
import type { Hop } from "../orders/order-timeline.ts";
import type { ClickRefusal } from "../ports/click-store.ts";
import type { Adjustment } from "./adjustment.ts";

const BECAUSE: Partial<Record<Adjustment["disposition"], string>> = {
  ORDER_UPDATE: "The order was changed or refunded.",
  ITEM_RETURNED: "Everything was refunded.",
  ITEM_OUT_OF_STOCK: "The order was cancelled: out of stock.",
  CONS_FRAUD: "The order was cancelled as fraud.",
  ORDER_ERROR: "The order was cancelled, or never paid.",
  REJECTED: "Nothing of the order is left.",
  CREDITED_DIFFERENT_MP: "The order was decided again, and others earn this part of it.",
  OTHER:
    "impact.com had read a change in another currency than the order's. The rest is reported anew.",
};

/** After a refusal it may be what the new decision gives that is told, and not what the order became. */
function becauseOf(
  { disposition, createdAt }: Adjustment,
  refusals: readonly ClickRefusal[],
): string | undefined {
  const isAfterRefusal = refusals.some(({ refusedAt }) => refusedAt <= createdAt);
  if (disposition !== "ORDER_UPDATE" || !isAfterRefusal) return BECAUSE[disposition];
  return "The order was decided again, changed or refunded.";
}

/** A change's or reversal's way to impact.com. `refusals`: clicks of its order that impact.com would not pay. */
export function adjustmentHops(adjustment: Adjustment, refusals: readonly ClickRefusal[]): Hop[] {
  const { kind, state, sentAt, settledAt, attempts } = adjustment;
  const because = becauseOf(adjustment, refusals);
  const hops: Hop[] = [];
  const change = changeOf(adjustment);
  if (sentAt) {
    const title = kind === "reversal" ? "Reversal sent to impact.com" : "Change sent to impact.com";
    const tries = attempts > 1 ? `Accepted at attempt ${attempts}.` : null;
    const detail = [because, change, tries].filter(Boolean).join(" ");
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
