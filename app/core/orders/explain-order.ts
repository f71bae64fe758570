import type { Credited } from "../attribution/attribution.ts";
import { REPORTING_DAYS } from "../conversions/reporting-limit.ts";
import type { Order } from "./order.ts";
import type { OrderReason } from "./order-state.ts";

/** One sentence for the Orders page: where the order stands and why. */
export function explainOrder(
  order: Pick<Order, "reason" | "partner" | "code" | "problem">,
): string {
  const partner = order.partner?.name ?? "the partner";
  const code = order.code ?? "the code";
  const sentences: Record<OrderReason, string> = {
    credited: `${partner} earned it with ${code}. impact.com has credited it.`,
    adjusted: `${partner} earned it with ${code}. impact.com has credited it, and knows what was changed or refunded since.`,
    reversed: `${partner} earned it with ${code}. It was taken back at impact.com because the order was cancelled or returned.`,
    "no-code": "No code was typed, so no partner earned it by code.",
    "not-a-partner-code": "The code that was typed is not assigned to any partner.",
    "not-assigned-then": "The code was not assigned to a partner when the order was placed.",
    "left-to-click":
      "A click led to it and no partner's code was typed, so it is left to impact.com's own tag.",
    "test-order": "Test orders are never reported.",
    cancelled: "It was cancelled before it was reported.",
    "never-paid": "It was never paid, so nobody earned it.",
    "refunded-before-report": "Everything was refunded before it was reported.",
    "gift-cards-only":
      "It holds gift cards only. A gift card is money: whoever's code is used when it is spent earns that order.",
    deleted: "It was deleted in Shopify before it was reported.",
    "credited-there":
      "impact.com has credited somebody for it by another way than this app, so it is not reported a second time.",
    "not-paid": `${partner} earned it with ${code}. It waits until the customer has paid.`,
    "not-connected": `${partner} earned it with ${code}. It waits until you connect impact.com and choose a program.`,
    "code-not-registered": `${partner} earned it with ${code}. It waits until the code is registered at impact.com.`,
    "to-send": `${partner} earned it with ${code}. It is about to be sent to impact.com.`,
    "trying-again": `${partner} earned it with ${code}. Sending it didn't work yet and is tried again.`,
    "outcome-pending": `${partner} earned it with ${code}. impact.com has received it and is working on it.`,
    adjusting: `${partner} earned it with ${code}. impact.com is being told what was changed or refunded since.`,
    "not-credited": `${partner} earned it with ${code}, but impact.com credited nobody.`,
    "credited-to-another": `${partner} earned it with ${code}, but impact.com credited somebody else.`,
    refused: `${partner} earned it with ${code}, but impact.com refused it.`,
    "too-late": `${partner} earned it with ${code}, but it could not be sent within the ${REPORTING_DAYS} days in which impact.com takes an order.`,
    "broke-off": `${partner} earned it with ${code}, but this app broke off each time it sent it to impact.com.`,
    unreadable: "What Shopify told of it could not be taken in.",
    "not-adjusted": `${partner} earned it with ${code}, but impact.com refused to be told of a later change.`,
    locked: `${partner} earned it with ${code}. It was changed or refunded after impact.com had locked it.`,
  };
  return order.problem ? `${sentences[order.reason]} ${order.problem}` : sentences[order.reason];
}

/** Who earns shares of an order, as one reads it aloud. */
export function sharerNames({ shares }: Pick<Credited, "shares">): string {
  return shares.map(({ partner }) => partner?.name ?? "whoever the click is of").join(" and ");
}
