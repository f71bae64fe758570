import { takeUpFailed } from "../batches/take-up-failed.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** Takes up one code: where Shopify refused it it is made again, and else registered. */
export async function retryCode(
  { store }: Pick<Ports, "store">,
  { shop, codeId }: { shop: ShopDomain; codeId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const code = await tx.codes.find(shop, codeId);
    if (!code) return;
    await takeUpFailed(tx, shop, { codeId });
    // It may wait for its time: now is asked for.
    if (code.shopifyState === "live" && code.impactState === "planned") {
      await tx.queue.send("register-code", { shop, codeId });
    }
  });
}
