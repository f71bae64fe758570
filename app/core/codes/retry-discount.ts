import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Code } from "./discount.ts";

/** Takes up what failed in a discount: its batch at Shopify and its codes' registrations. */
export async function retryDiscount(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, discountId }: { shop: ShopDomain; discountId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    if (!(await tx.discounts.find(shop, discountId))) return;
    const codes = await tx.codes.listForDiscount(shop, discountId);
    const now = clock.now();
    for (const code of codes) {
      if (code.shopifyState === "failed") {
        await tx.codes.saveShopifyState(shop, code.id, { state: "planned", problem: null }, now);
      }
      if (code.shopifyState === "live" && code.impactState !== "registered") {
        await takeUpRegistration(tx, code, now);
      }
    }
    const batch = await tx.discounts.newestBatch(shop, discountId);
    const unmade = codes.some(({ shopifyState }) => shopifyState !== "live");
    if (!batch || !unmade) return;
    await tx.discounts.saveBatch(shop, {
      ...batch,
      state: "running",
      // Shopify forgets a creation after a while; codes it did make are found to be ours.
      bulkCreationId: null,
      problem: null,
      finishedAt: null,
    });
    await tx.queue.send("make-codes", { shop, batchId: batch.id });
  });
}

/** Only what failed is saved: a save would end the lease of whoever is registering it now. */
async function takeUpRegistration(tx: Stores, code: Code, now: Date): Promise<void> {
  const { shop, id: codeId, impactAttempts: attempts } = code;
  if (code.impactState === "failed") {
    const state = { state: "planned", problem: null, attempts } as const;
    await tx.codes.saveImpactState(shop, codeId, state, now);
  }
  await tx.queue.send("register-code", { shop, codeId });
}
