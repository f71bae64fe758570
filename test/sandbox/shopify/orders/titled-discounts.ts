import { allocate } from "#test/sandbox/shopify/checkout/allocate.ts";
import type { CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { lineRemainder } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import type { TitledDiscount } from "./discount-payload.ts";
import type { OrderRequest } from "./place-order.ts";

export function titledDiscountsOf({
  automaticDiscount,
  draftTitleDiscount,
}: OrderRequest): TitledDiscount[] {
  const discounts: TitledDiscount[] = [];
  if (automaticDiscount) discounts.push({ type: "automatic", ...automaticDiscount });
  if (draftTitleDiscount) discounts.push({ type: "manual", ...draftTitleDiscount });
  return discounts;
}

/** Discounts without a code come after the codes, as the last applications. */
export function applyTitledDiscount(
  price: CheckoutPrice,
  { minor, title }: TitledDiscount,
  application: number,
): void {
  const lines = price.lines.filter(({ product }) => !product.giftCard);
  const remainders = lines.map(lineRemainder);
  const most = remainders.reduce((sum, rest) => sum + rest, 0);
  if (minor > most) throw new Error(`The discount ${title} can't exceed the subtotal.`);
  allocate(minor, remainders).forEach((share, index) => {
    if (share > 0) lines[index]?.allocations.push({ application, minor: share });
  });
  price.discountTotal += minor;
  price.subtotal -= minor;
}
