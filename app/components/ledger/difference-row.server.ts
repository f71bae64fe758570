import type { Difference } from "#app/core/ledger/reconciliation.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { formatMoney } from "#app/core/money.ts";
import type { Partner } from "#app/core/partners/partner.ts";
import { timeFormats } from "../time-formats.server.ts";

export interface DifferenceRow {
  id: string;
  kind: Difference["kind"];
  impactOrderId: string;
  url: string | null;
  label: string;
  sentence: string;
  nextStep: string;
  /** No run looks at it any more: it stays until it is dismissed. */
  isPast: boolean;
  foundAt: string;
}

const LABELS: Record<Difference["kind"], string> = {
  "missing-there": "Missing there",
  "unknown-here": "Unknown here",
  "failed-here": "Failed here",
  "paid-twice": "Paid twice",
  "other-partner": "Other partner",
  "other-amount": "Other amount",
  "reversed-there": "Reversed there",
};

const NEXT_STEPS: Record<Difference["kind"], string> = {
  "missing-there":
    "Look for the order at impact.com under Actions. If it is not there, ask impact.com's support with this order id.",
  "unknown-here":
    "Find out who reports it: often impact.com's own Shopify app runs beside this one, and one of them should be turned off. Reverse the action at impact.com only if the order has another one there: otherwise it is all that its partner is paid.",
  "failed-here":
    "Compare the action at impact.com with the order here. If it is right, nothing needs to be done; if not, reverse it there. Don't send the order again: it would be paid twice.",
  "paid-twice":
    "Look at both actions at impact.com, find out who reported the second, and reverse the wrong one there.",
  "other-partner":
    "Look at the action's history at impact.com: somebody may have moved it by hand. If not, correct the partner there.",
  "other-amount":
    "Look at the action's history at impact.com: somebody may have changed it by hand, or it was locked before a change.",
  "reversed-there":
    "Look at the action's history at impact.com for who reversed it. If it was a mistake, approve the order there again.",
};

export function differenceRow(
  difference: Difference & { isPast: boolean },
  partners: readonly Partner[],
  { timeZone }: { timeZone: string },
): DifferenceRow {
  const { impactOrderId, kind, orderId, foundAt } = difference;
  return {
    id: `${impactOrderId}/${kind}`,
    kind,
    isPast: difference.isPast,
    impactOrderId,
    url: orderId ? `/app/orders/${orderId}` : null,
    label: LABELS[kind],
    sentence: sentenceFor(difference, partners),
    nextStep: NEXT_STEPS[kind],
    foundAt: timeFormats(timeZone).minute(foundAt),
  };
}

function sentenceFor(difference: Difference, partners: readonly Partner[]): string {
  const { currency, oursMinor, theirsMinor, ourPartnerId, theirPartnerId } = difference;
  const nameOf = (id: PartnerId | null) =>
    partners.find(({ partnerId }) => partnerId === id)?.name ?? (id ? `Partner ${id}` : "nobody");
  const amount = (minor: number | null) =>
    minor === null || currency === null ? "an amount" : formatMoney({ minor, currency });
  const ours = nameOf(ourPartnerId);
  const theirs = nameOf(theirPartnerId);
  const sentences: Record<Difference["kind"], string> = {
    "missing-there": `${ours} was credited with ${amount(oursMinor)}, and impact.com lists no action for it.`,
    "unknown-here": `impact.com credits ${theirs} with ${amount(theirsMinor)}, and this app did not report it. Somebody else may be reporting your orders too, so that partners are paid twice.`,
    "failed-here": `The order failed here, yet impact.com credits ${theirs} with ${amount(theirsMinor)}.`,
    "paid-twice": `${ours} was credited with ${amount(oursMinor)}, and impact.com has a second live action for the same order: ${amount(theirsMinor)} for ${theirs}.`,
    "other-partner": `It was credited to ${ours}; impact.com now names ${theirs}.`,
    "other-amount": `impact.com was told ${amount(oursMinor)} and now holds ${amount(theirsMinor)}.`,
    "reversed-there": `${ours} was credited with ${amount(oursMinor)}; at impact.com it was reversed, and not by this app.`,
  };
  return sentences[difference.kind];
}
