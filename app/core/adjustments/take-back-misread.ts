import type { Conversion } from "../conversions/conversion.ts";
import { saveStanding } from "../conversions/standing.ts";
import type { PipelineStores } from "../ports/store.ts";
import { TAKEN_BACK } from "./adjustment.ts";
import { toAdjustJob } from "./adjusting-limit.ts";
import { heldBy } from "./judge-conversion.ts";
import { heldMinor } from "./plan-adjustment.ts";

/**
 * Reverses an action whose change impact.com has read in another currency; what is earned is reported
 * anew then, with its currency. The caller holds the order's lock.
 */
export async function takeBackMisread(
  tx: Pick<PipelineStores, "adjustments" | "conversions" | "orders" | "queue">,
  conversion: Conversion,
  now: Date,
): Promise<void> {
  const { id: conversionId, shop, orderId, currency } = conversion;
  const held = heldBy(conversion);
  const target = held.map(({ sku }) => ({ sku, quantity: 0, amountMinor: 0 }));
  const amounts = { currency, fromMinor: heldMinor(held), toMinor: 0 };
  const reversal = await tx.adjustments.create(
    shop,
    { orderId, conversionId, kind: "reversal", disposition: TAKEN_BACK, target, ...amounts },
    now,
  );
  if (!reversal) return;
  await saveStanding(tx, conversion, { reason: "adjusting", problem: null }, now);
  await tx.queue.sendAll("send-adjustment", [toAdjustJob(reversal)]);
}
