import { beginDiscountCheck } from "../code-differences/start-check.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Batch } from "./batch.ts";

/**
 * Forgets what Shopify was never asked for. Parts are asked for in the order they are drawn, so that
 * these codes are the last of the plan: resumed, the batch draws as many for the same partners. Codes
 * that were to be made again stay, and what Shopify lacks of them is found out anew.
 */
export async function dropUntried(
  { store, clock }: Pick<Ports, "store" | "clock">,
  batch: Batch,
): Promise<Batch> {
  const { shop, id, plan } = batch;
  return store.inTransaction(async (tx) => {
    const { dropped, putBack } = await tx.batches.dropUntried(shop, id);
    if (putBack > 0) await findMissing(tx, batch, clock.now());
    if (dropped === 0 || !plan) return batch;
    const left = { ...plan, drawn: plan.drawn - dropped };
    await tx.batches.savePlan(shop, id, left);
    return { ...batch, plan: left };
  });
}

async function findMissing(tx: Stores, { shop, discountId }: Batch, now: Date): Promise<void> {
  const discount = discountId === null ? null : await tx.discounts.find(shop, discountId);
  if (!discount) return;
  if (discount.shopifyId === null) await tx.seenCodes.saveDeleted(shop, discount.id, now);
  await beginDiscountCheck(tx, shop, discount.id, now);
}
