/** Every Shopify order ends in exactly one of these. */
export type OrderState = "reported" | "ignored" | "waiting" | "failed";

export type OrderReason =
  // reported
  | "credited"
  // ignored
  | "no-code"
  | "not-a-partner-code"
  | "not-assigned-then"
  | "test-order"
  | "cancelled"
  // waiting
  | "not-connected"
  | "code-not-registered"
  | "to-send"
  | "trying-again"
  | "outcome-pending"
  // failed
  | "not-credited"
  | "credited-to-another"
  | "refused"
  | "too-late";

export interface OrderStatus {
  state: OrderState;
  reason: OrderReason;
}

const STATE_OF: Record<OrderReason, OrderState> = {
  credited: "reported",
  "no-code": "ignored",
  "not-a-partner-code": "ignored",
  "not-assigned-then": "ignored",
  "test-order": "ignored",
  cancelled: "ignored",
  "not-connected": "waiting",
  "code-not-registered": "waiting",
  "to-send": "waiting",
  "trying-again": "waiting",
  "outcome-pending": "waiting",
  "not-credited": "failed",
  "credited-to-another": "failed",
  refused: "failed",
  "too-late": "failed",
};

/** Sending it once more can help; not where another partner was paid already. */
export function mayBeRetried(reason: OrderReason): boolean {
  return STATE_OF[reason] === "failed" && reason !== "credited-to-another";
}

export function statusFor(reason: OrderReason): OrderStatus {
  return { state: STATE_OF[reason], reason };
}
