import { oldestReportable, reportingEndsAt } from "../conversions/reporting-limit.ts";

/** Every Shopify order ends in exactly one of these. */
export type OrderState = "reported" | "ignored" | "waiting" | "failed";

export type OrderReason =
  // reported
  | "credited"
  | "adjusted"
  | "reversed"
  // ignored
  | "no-code"
  | "not-a-partner-code"
  | "not-assigned-then"
  | "left-to-click"
  | "test-order"
  | "cancelled"
  | "never-paid"
  | "refunded-before-report"
  | "gift-cards-only"
  | "deleted"
  | "credited-there"
  // waiting
  | "not-paid"
  | "not-connected"
  | "code-not-registered"
  | "click-pending"
  | "to-send"
  | "trying-again"
  | "outcome-pending"
  | "adjusting"
  // failed
  | "not-credited"
  | "credited-to-another"
  | "refused"
  | "too-late"
  | "broke-off"
  | "unreadable"
  | "not-adjusted"
  | "locked";

export interface OrderStatus {
  state: OrderState;
  reason: OrderReason;
}

const STATE_OF: Record<OrderReason, OrderState> = {
  credited: "reported",
  adjusted: "reported",
  reversed: "reported",
  "no-code": "ignored",
  "not-a-partner-code": "ignored",
  "not-assigned-then": "ignored",
  "left-to-click": "ignored",
  "test-order": "ignored",
  cancelled: "ignored",
  "never-paid": "ignored",
  "refunded-before-report": "ignored",
  "gift-cards-only": "ignored",
  deleted: "ignored",
  "credited-there": "ignored",
  "not-paid": "waiting",
  "not-connected": "waiting",
  "code-not-registered": "waiting",
  "click-pending": "waiting",
  "to-send": "waiting",
  "trying-again": "waiting",
  "outcome-pending": "waiting",
  adjusting: "waiting",
  "not-credited": "failed",
  "credited-to-another": "failed",
  refused: "failed",
  "too-late": "failed",
  "broke-off": "failed",
  unreadable: "failed",
  "not-adjusted": "failed",
  locked: "failed",
};

/** What trying a failed order again means. */
export type Remedy = "send-again" | "adjust-again" | "fetch-again";

const REMEDIES: Partial<Record<OrderReason, Remedy>> = {
  "not-credited": "send-again",
  refused: "send-again",
  "too-late": "send-again",
  "broke-off": "send-again",
  "not-adjusted": "adjust-again",
  unreadable: "fetch-again",
};

/**
 * What trying again would do at that moment; null where nothing can help: another partner was paid,
 * impact.com has locked it, or takes an order of that age no more.
 */
export function remedyFor(
  { reason, placedAt }: { reason: OrderReason; placedAt: Date },
  at: Date,
): Remedy | null {
  const remedy = REMEDIES[reason] ?? null;
  const isTooOld = remedy === "send-again" && at > reportingEndsAt(placedAt);
  return isTooOld ? null : remedy;
}

/** Failed orders that may be retried, as a question to the ledger. */
export interface Retryable {
  always: OrderReason[];
  /** Only those that were placed at `oldest` or later. */
  whileReportable: OrderReason[];
  oldest: Date;
}

/** Of one reason, or of all where it is null; `mayBeRetried` says yes to exactly these. */
export function retryableOrders(reason: OrderReason | null, at: Date): Retryable {
  const reasons = (Object.keys(REMEDIES) as OrderReason[]).filter(
    (one) => reason === null || one === reason,
  );
  return {
    always: reasons.filter((one) => REMEDIES[one] !== "send-again"),
    whileReportable: reasons.filter((one) => REMEDIES[one] === "send-again"),
    oldest: oldestReportable(at),
  };
}

/** Trying it once more can help. */
export function mayBeRetried(order: { reason: OrderReason; placedAt: Date }, at: Date): boolean {
  return remedyFor(order, at) !== null;
}

/** It was left alone since somebody else reported it, which the merchant may know to be over. */
export function mayBeReportedAfterAll(
  { reason, placedAt }: { reason: OrderReason; placedAt: Date },
  at: Date,
): boolean {
  return reason === "credited-there" && at <= reportingEndsAt(placedAt);
}

export function isOrderReason(text: string): text is OrderReason {
  return Object.hasOwn(STATE_OF, text);
}

export function statusFor(reason: OrderReason): OrderStatus {
  return { state: STATE_OF[reason], reason };
}
