import type { AdoptableDiscount } from "#app/core/adopting/list-adoptable.ts";

export type AdoptableRow = ReturnType<typeof adoptableRow>;

/** One of Shopify's discounts in the words of the list. */
export function adoptableRow(discount: AdoptableDiscount) {
  const { shopifyId, title, summary, state, codesCount, firstCode, managed } = discount;
  return {
    id: shopifyId,
    title: title || "Untitled",
    summary,
    state,
    codes: codesCount,
    example: firstCode,
    managed,
    /** All of them are managed here. */
    isManaged: managed >= codesCount,
  };
}
