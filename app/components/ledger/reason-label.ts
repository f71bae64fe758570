import type { OrderReason } from "#app/core/orders/order-state.ts";

const LABELS: Record<OrderReason, string> = {
  credited: "Credited at impact.com",
  adjusted: "Credited, then changed after a refund or edit",
  reversed: "Credited, then taken back",
  "no-code": "No code was typed",
  "not-a-partner-code": "The code is no partner's",
  "not-assigned-then": "The code had no partner when the order was placed",
  "left-to-click": "A click, and no partner's code",
  "test-order": "Test order",
  cancelled: "Cancelled before it was reported",
  "never-paid": "Never paid",
  "refunded-before-report": "Refunded in full before it was reported",
  "gift-cards-only": "Gift cards only",
  deleted: "Deleted before it was reported",
  "credited-there": "Credited at impact.com by another way",
  "not-paid": "Waits for payment",
  "not-connected": "Waits for impact.com to be connected",
  "code-not-registered": "Waits for its code to be registered",
  "click-pending": "Waiting for what impact.com says of a click",
  "to-send": "About to be sent",
  "trying-again": "Sending is tried again",
  "outcome-pending": "impact.com is working on it",
  adjusting: "impact.com is being told of a change",
  "not-credited": "impact.com credited nobody",
  "credited-to-another": "impact.com credited somebody else",
  refused: "impact.com refused it",
  "too-late": "Too old for impact.com",
  "broke-off": "This app broke off sending it",
  unreadable: "Could not be read from Shopify",
  "not-adjusted": "A change was refused by impact.com",
  locked: "Changed after impact.com had locked it",
};

/** A reason as a few words, for tables and filters. */
export function reasonLabel(reason: OrderReason): string {
  return LABELS[reason];
}
