import { statusFor, type OrderReason } from "../orders/order-state.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { saveStanding } from "./standing.ts";

/**
 * Nothing of it can have reached impact.com. Its sender may have claimed it, but writes down where it
 * goes under the order's lock; one with a past under another order id is not meant.
 */
export function isUntried({ accountSid, state, wasReversed }: Conversion): boolean {
  const isUnsent = state === "ready" || state === "sending";
  return isUnsent && accountSid === null && !wasReversed;
}

/**
 * Takes back a conversion of which nothing is left to report, and that impact.com has not got. One
 * with a past there, or with another part that has one, stays as reversed: what is earned again
 * is reported anew. The caller holds the order's lock.
 */
export async function takeBack(
  tx: PipelineStores,
  conversion: Conversion,
  reason: OrderReason,
  now: Date,
): Promise<void> {
  const { shop, orderId, id } = conversion;
  if (conversion.wasReversed || (await hasTriedSibling(tx, conversion))) {
    const ended = { held: [], reversedAt: now, settledAt: now, emailSha1: null };
    await tx.conversions.save(shop, { ...conversion, ...ended, state: "credited" });
    await saveStanding(tx, conversion, { reason: "reversed", problem: null }, now);
    return;
  }
  await tx.conversions.remove(shop, id);
  await tx.orders.saveStatus(shop, orderId, { ...statusFor(reason), problem: null }, now);
}

async function hasTriedSibling(
  tx: Pick<PipelineStores, "conversions">,
  { shop, orderId, id, part }: Conversion,
): Promise<boolean> {
  if (!part) return false;
  const all = await tx.conversions.listForOrder(shop, orderId);
  return all.some((one) => one.id !== id && !isUntried(one));
}
