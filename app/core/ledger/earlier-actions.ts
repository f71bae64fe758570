import { numbered } from "../conversions/conversions-of-shares.ts";
import type { OrderId } from "../ids.ts";
import type { ImpactAction } from "../ports/impact.ts";
import { settledInLists, type NewDifference, type RestartedConversion } from "./reconciliation.ts";

/** Restarted conversions by each order id that an action of them had before. */
export function byEarlierId(
  restarted: readonly RestartedConversion[],
): ReadonlyMap<string, RestartedConversion> {
  return new Map(restarted.flatMap((one) => earlierIdsOf(one).map((id) => [id, one] as const)));
}

/** As many as were reversed: of an order that somebody else reported first, its own number is theirs. */
function earlierIdsOf({ impactOrderId, reversals }: RestartedConversion): string[] {
  const [, base = "", text = "1"] = /^(.*)-(\d+)$/.exec(impactOrderId) ?? [];
  const number = Number(text);
  const count = Math.min(reversals, number - 1);
  return Array.from({ length: count }, (_, nth) => numbered(base, number - 1 - nth));
}

/** The order that an order id at impact.com is of: 5500001 of 5500001-code-2. */
export function orderIdIn(impactOrderId: string): OrderId {
  return impactOrderId.replace(/-.*$/, "") as OrderId;
}

/**
 * What an earlier action of ours tells that is listed live: nothing while lists may be as they were
 * before its reversal; then its partner is paid for it, beside what was reported again if that is paid.
 */
export function earlierDifference(
  action: ImpactAction,
  ours: RestartedConversion,
  now: Date,
): NewDifference[] {
  const mayLag = ours.reversedAt !== null && ours.reversedAt > settledInLists(now);
  if (action.state === "reversed" || mayLag) return [];
  const isPaid = ours.state === "credited" && !ours.isReversed;
  const { impactOrderId, currency, amountMinor } = action;
  return [
    {
      impactOrderId,
      kind: isPaid ? "paid-twice" : "other-amount",
      orderId: ours.orderId,
      conversionId: ours.conversionId,
      currency: ours.currency,
      oursMinor: isPaid ? ours.heldMinor : 0,
      // What it was first reported with is not kept, and so not the rate either.
      theirsMinor: currency === ours.currency ? amountMinor : null,
      ourPartnerId: ours.partnerId,
      theirPartnerId: action.partnerId,
      eventAt: action.eventAt,
    },
  ];
}
