import type { Share } from "../attribution/attribution.ts";
import { percentText } from "../attribution/percent-text.ts";
import { REPORTING_DAYS } from "../conversions/reporting-limit.ts";
import type { Order } from "./order.ts";
import type { OrderReason } from "./order-state.ts";

/** One sentence for the Orders page: where the order stands and why. */
export function explainOrder(
  order: Pick<Order, "reason" | "partner" | "code" | "problem"> & Partial<Pick<Order, "shares">>,
): string {
  const earned = whoEarned(order);
  // Of parts that stand otherwise than one another, the problem tells of each.
  const isMixed = order.problem !== null && (order.shares?.length ?? 0) > 1;
  if (isMixed) return `${earned}. ${order.problem}`;
  const sentences: Record<OrderReason, string> = {
    credited: `${earned}. impact.com has credited it.`,
    adjusted: `${earned}. impact.com has credited it, and knows what was changed or refunded since.`,
    reversed: `${earned}. It was taken back at impact.com because the order was cancelled or returned.`,
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
    "not-paid": `${earned}. It waits until the customer has paid.`,
    "not-connected": `${earned}. It waits until you connect impact.com and choose a program.`,
    "code-not-registered": `${earned}. It waits until the code is registered at impact.com.`,
    "click-pending":
      "It waits until it is known whether a click led to it, and whose: for little more than an hour, since impact.com may take so long to tell. Then your rule decides.",
    "to-send": `${earned}. It is about to be sent to impact.com.`,
    "trying-again": `${earned}. Sending it didn't work yet and is tried again.`,
    "outcome-pending": `${earned}. impact.com has received it and is working on it.`,
    adjusting: `${earned}. impact.com is being told what was changed or refunded since.`,
    "not-credited": `${earned}, but impact.com credited nobody.`,
    "credited-to-another": `${earned}, but impact.com credited somebody else.`,
    refused: `${earned}, but impact.com refused it.`,
    "too-late": `${earned}, but it could not be sent within the ${REPORTING_DAYS} days in which impact.com takes an order.`,
    "broke-off": `${earned}, but this app broke off each time it sent it to impact.com.`,
    unreadable: "What Shopify told of it could not be taken in.",
    "not-adjusted": `${earned}, but impact.com refused to be told of a later change.`,
    locked: `${earned}. It was changed or refunded after impact.com had locked it.`,
  };
  return order.problem ? `${sentences[order.reason]} ${order.problem}` : sentences[order.reason];
}

/** "Anna earned it with ANNA10", "Anna (60%) and Ben (40%) share it". */
function whoEarned({
  partner,
  code,
  shares,
}: Pick<Order, "partner" | "code"> & Partial<Pick<Order, "shares">>): string {
  const [only, second] = shares ?? [];
  if (!only) return `${partner?.name ?? "the partner"} earned it with ${code ?? "the code"}`;
  if (!second) return `${only.partner?.name ?? "Whoever the click is of"} earned it with a click`;
  const [one, ...others] = new Set((shares ?? []).map((share) => share.partner?.partnerId));
  if (one && others.length === 0) return `${nameOf(only)} earned it with ${code ?? "the code"}`;
  const whole = (shares ?? []).reduce((sum, { weight }) => sum + weight, 0);
  const parts = (shares ?? []).map((share) => {
    return `${nameOf(share)} (${percentText(share.weight, whole)})`;
  });
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)} share it`;
}

/** Who earns shares of an order, as one reads it aloud. */
export function sharerNames({ shares }: { shares: readonly Pick<Share, "partner">[] }): string {
  return [...new Set(shares.map(nameOf))].join(" and ");
}

function nameOf({ partner }: Pick<Share, "partner">): string {
  return partner?.name ?? "whoever the click is of";
}
