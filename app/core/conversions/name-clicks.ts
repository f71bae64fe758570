import type { ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";

/** Says on the orders' lines whose clicks earned them, once impact.com has told. */
export async function nameClicks(
  tx: Pick<PipelineStores, "orders">,
  shop: ShopDomain,
  settled: readonly { before: Conversion; after: Conversion }[],
): Promise<void> {
  const named = settled.flatMap(({ before, after: { orderId, partnerId } }) =>
    before.partnerId === null && partnerId !== null ? [{ orderId, partnerId }] : [],
  );
  await tx.orders.nameClicks(shop, named);
}
