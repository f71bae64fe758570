import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { DiscountSummary } from "../ports/code-stores.ts";
import type { Batch } from "../batches/batch.ts";
import type { Code, Discount } from "./discount.ts";

export interface DiscountDetail {
  discount: Discount;
  codes: Code[];
  batch: Batch | null;
}

export async function listDiscounts(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<DiscountSummary[]> {
  return store.discounts.list(shop);
}

/** One discount with every code's state on both sides, or null where this shop has no such discount. */
export async function readDiscount(
  { store }: Pick<Ports, "store">,
  { shop, discountId }: { shop: ShopDomain; discountId: string },
): Promise<DiscountDetail | null> {
  const discount = await store.discounts.find(shop, discountId);
  if (!discount) return null;
  const [codes, batch] = await Promise.all([
    store.codes.listForDiscount(shop, discountId),
    store.batches.newestOf(shop, discountId),
  ]);
  return { discount, codes, batch };
}
