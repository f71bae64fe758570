import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

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
        const state = { state: "planned", problem: null, attempts: code.impactAttempts } as const;
        await tx.codes.saveImpactState(shop, code.id, state, now);
        await tx.queue.send("register-code", { shop, codeId: code.id });
      }
    }
    const batch = await tx.discounts.newestBatch(shop, discountId);
    const unmade = codes.some(({ shopifyState }) => shopifyState !== "live");
    if (!batch || !unmade) return;
    await tx.discounts.saveBatch(shop, {
      ...batch,
      state: "running",
      problem: null,
      finishedAt: null,
    });
    await tx.queue.send("make-codes", { shop, batchId: batch.id });
  });
}
