import type { OrderReason } from "#app/core/orders/order-state.ts";

/** A record, so that a reason added to the type and not here does not compile. */
const LISTED: Record<OrderReason, true> = {
  credited: true,
  adjusted: true,
  reversed: true,
  "no-code": true,
  "not-a-partner-code": true,
  "not-assigned-then": true,
  "left-to-click": true,
  "test-order": true,
  cancelled: true,
  "never-paid": true,
  "refunded-before-report": true,
  "gift-cards-only": true,
  deleted: true,
  "credited-there": true,
  "not-paid": true,
  "not-connected": true,
  "code-not-registered": true,
  "click-pending": true,
  "to-send": true,
  "trying-again": true,
  "outcome-pending": true,
  adjusting: true,
  "not-credited": true,
  "credited-to-another": true,
  refused: true,
  "too-late": true,
  "broke-off": true,
  unreadable: true,
  "not-adjusted": true,
  locked: true,
};

export const EVERY_REASON = Object.keys(LISTED) as OrderReason[];
