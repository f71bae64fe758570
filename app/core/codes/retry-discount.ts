import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { resumeBatch } from "../batches/resume-batch.ts";
import { takeUpRegistration } from "./retry-code.ts";

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
    const unmade = codes.some(({ shopifyState }) => shopifyState !== "live");
    if (unmade) await resumeBatch(tx, shop, discountId);
  });
}
