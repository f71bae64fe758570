import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Code } from "./discount.ts";
import { resumeBatch } from "../batches/resume-batch.ts";

/** Takes up one failed code: where Shopify refused it it is made again, and else registered. */
export async function retryCode(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, codeId }: { shop: ShopDomain; codeId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const code = await tx.codes.find(shop, codeId);
    if (!code) return;
    if (code.shopifyState === "failed") {
      const state = { state: "planned", problem: null } as const;
      await tx.codes.saveShopifyState(shop, codeId, state, clock.now());
      await resumeBatch(tx, shop, code.discountId);
    } else if (code.shopifyState === "live" && code.impactState !== "registered") {
      await takeUpRegistration(tx, code, clock.now());
    }
  });
}

/**
 * Only what failed is saved: a save would end the lease of whoever is registering it now. It counts
 * as tried once, so that impact.com is asked for it before it is told again.
 */
export async function takeUpRegistration(tx: Stores, code: Code, now: Date): Promise<void> {
  const { shop, id: codeId, impactAttempts } = code;
  if (code.impactState === "failed") {
    const attempts = Math.min(impactAttempts, 1);
    const state = { state: "planned", problem: null, attempts } as const;
    await tx.codes.saveImpactState(shop, codeId, state, now);
  }
  await tx.queue.send("register-code", { shop, codeId });
}
