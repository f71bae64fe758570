import { familyJobs } from "../codes/families/register-families.ts";
import { registrationJobs } from "../codes/register-codes.ts";
import type { ShopDomain } from "../ids.ts";
import type { CodesOf } from "../ports/code-stores.ts";
import type { Stores } from "../ports/store.ts";

/**
 * Tries again what failed: codes that Shopify refused, batches that gave up, and registrations. A
 * cancelled batch makes these codes and draws no others.
 */
export async function takeUpFailed(tx: Stores, shop: ShopDomain, of: CodesOf): Promise<void> {
  await tx.codes.planFailed(shop, of);
  for (const { id: batchId, state } of await tx.batches.listUnmade(shop, of)) {
    // Shopify forgets its own runs after a while; codes that it did make are found to be ours.
    await tx.batches.reopen(shop, batchId, state === "cancelled" ? "cancelling" : "running");
    await tx.queue.send("make-codes", { shop, batchId });
  }
  const codeIds = await tx.codes.planUnregistrable(shop, of);
  await tx.queue.sendAll("register-codes", registrationJobs(shop, codeIds));
  const familyIds = await tx.families.planFailed(shop, of);
  await tx.queue.sendAll("register-families", familyJobs(shop, familyIds));
}
