import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { CodeCounts, CodePage, CodesBeside, DiscountSummary } from "../ports/code-stores.ts";
import type { Batch } from "../batches/batch.ts";
import type { Discount } from "./discount.ts";
import { whyEnded } from "./why-ended.ts";

export interface DiscountDetail {
  discount: Discount;
  page: CodePage;
  counts: CodeCounts;
  batch: Batch | null;
  /** Why it takes no more codes, and what to do; null where it does. */
  ended: string | null;
}

interface DiscountAsked {
  shop: ShopDomain;
  discountId: string;
  /** Which codes; the first ones unless told. */
  beside?: CodesBeside | null;
}

export async function listDiscounts(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<DiscountSummary[]> {
  return store.discounts.list(shop);
}

const PAGE_SIZE = 50;

/** One discount with a page of its codes and how far all have come, or null where this shop has no such discount. */
export async function readDiscount(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, discountId, beside = null }: DiscountAsked,
): Promise<DiscountDetail | null> {
  const discount = await store.discounts.find(shop, discountId);
  if (!discount) return null;
  const [page, counts, batch] = await Promise.all([
    store.codes.pageForDiscount(shop, discountId, { beside, limit: PAGE_SIZE }),
    store.codes.countForDiscount(shop, discountId),
    store.batches.newestOf(shop, discountId),
  ]);
  return { discount, page, counts, batch, ended: whyEnded(discount, clock.now()) };
}
