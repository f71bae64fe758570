import { beginDiscountCheck } from "../code-differences/start-check.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Batch, CodePlan } from "./batch.ts";
import { goBack } from "./left-out.ts";
import { PARTS_AHEAD } from "./plan-parts.ts";

type DropPorts = Pick<Ports, "store" | "clock">;

/**
 * Forgets what Shopify was never asked for, page by page from the end. Parts are asked for in the order
 * they are drawn, so that these codes are the last of the plan: resumed, the batch draws as many for the
 * same partners, or takes its upload's rows again. Codes that were to be made again stay.
 */
export async function dropUntried(ports: DropPorts, batch: Batch): Promise<Batch> {
  let left = batch;
  for (;;) {
    const { plan, parts } = await dropPage(ports, left);
    left = { ...left, plan };
    if (parts < PARTS_AHEAD) return left;
  }
}

async function dropPage(
  { store, clock }: DropPorts,
  batch: Batch,
): Promise<{ plan: CodePlan | null; parts: number }> {
  const { shop, id, plan } = batch;
  return store.inTransaction(async (tx) => {
    const { parts, dropped, putBack } = await tx.batches.dropUntried(shop, id, PARTS_AHEAD);
    if (putBack > 0) await findMissing(tx, batch, clock.now());
    if (dropped === 0 || !plan || plan.isDrawnElsewhere) return { plan, parts };
    const left = goBack(plan, dropped);
    await tx.batches.savePlan(shop, id, left);
    return { plan: left, parts };
  });
}

/** What Shopify lacks of codes that stay is a difference once more. */
async function findMissing(tx: Stores, { shop, discountId }: Batch, now: Date): Promise<void> {
  const discount = discountId === null ? null : await tx.discounts.find(shop, discountId);
  if (!discount) return;
  if (discount.shopifyId === null) await tx.seenCodes.saveDeleted(shop, discount.id, now);
  await beginDiscountCheck(tx, shop, discount.id, now);
}
