import type { AdoptableDiscount } from "#app/core/adopting/list-adoptable.ts";

export type AdoptableRow = ReturnType<typeof adoptableRow>;

/** One of Shopify's discounts in the words of the list. */
export function adoptableRow(discount: AdoptableDiscount) {
  const { shopifyId, title, summary, state, codesCount, isCounted, firstCode, managed } = discount;
  return {
    id: shopifyId,
    title: title || "Untitled",
    summary,
    state,
    codes: codesCount,
    isCounted,
    example: firstCode,
    managed,
    /** All of them are managed here. */
    isManaged: isCounted && managed >= codesCount,
  };
}
