import { REPORTING_DAYS } from "../conversions/reporting-limit.ts";
import type { OrderReason } from "./order-state.ts";

export interface NextStep {
  /** What happened, as the heading of all orders it happened to. */
  title: string;
  /** What the merchant can do about it. */
  nextStep: string;
}

const NEXT_STEPS: Partial<Record<OrderReason, NextStep>> = {
  "not-credited": {
    title: "impact.com credited nobody",
    nextStep:
      "Each order says why. Most often the partner has no live contract or the event type doesn't take promo codes. Mend it at impact.com, then try again.",
  },
  "credited-to-another": {
    title: "impact.com credited somebody else",
    nextStep:
      "Trying again can't help: impact.com pays an order once. Check at impact.com who the code is registered to, and ask its support to move the order.",
  },
  refused: {
    title: "impact.com refused them",
    nextStep: "Each order says why. Mend it, then try again.",
  },
  "too-late": {
    title: "They could not be sent in time",
    nextStep: `An order can be reported for ${REPORTING_DAYS} days. Trying again can't help any more: pay the partner through a manual bonus at impact.com.`,
  },
  "broke-off": {
    title: "This app broke off each time it sent them",
    nextStep:
      "The fault is in this app, not in your settings. Try again; if it stays, tell our support.",
  },
  unreadable: {
    title: "They could not be read",
    nextStep:
      "What Shopify told of them, or of a later change, could not be taken in, so their line may be out of date. Try again to ask Shopify for them anew; if it stays, tell our support.",
  },
  "not-adjusted": {
    title: "impact.com refused a later change",
    nextStep:
      "The orders were refunded, edited or cancelled, and impact.com still holds the old amount. Mend what each one says, then try again.",
  },
  "trying-again": {
    title: "Shopify doesn't let the app in",
    nextStep: `Open the app in Shopify admin once to renew its access. Where an order says that the shop is frozen, locked or closed, pay what is due or reopen it in Shopify. They are sent within the hour then. If they stay here all the same, tell our support: an order can be reported for ${REPORTING_DAYS} days.`,
  },
  "credited-there": {
    title: "Somebody else has reported them",
    nextStep:
      "It is reported by itself once impact.com lists that action no more. If you know that it was reversed or isn't this order's, report it after all; else a partner is paid twice.",
  },
  locked: {
    title: "Changed after impact.com had locked them",
    nextStep:
      "Trying again can't help: impact.com lets nobody change a locked order. Ask its support for a manual make-good, or settle it with the partner.",
  },
};

/** What to do about orders that failed for that reason. */
export function nextStepFor(reason: OrderReason): NextStep {
  return NEXT_STEPS[reason] ?? { title: "They failed", nextStep: "Each order says why." };
}
