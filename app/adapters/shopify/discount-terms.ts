import { z } from "zod";
import {
  PLAIN_DETAILS,
  type DiscountDetails,
  type DiscountTerms,
  type DiscountValue,
} from "#app/core/codes/discount.ts";
import { OUR_TAG } from "#app/core/codes/read-details.ts";
import { parseMoney } from "#app/core/money.ts";
import type { Shopify } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { counted } from "./counted.ts";
import { readChosen } from "./discount-chosen.ts";
import { DISCOUNT_TERMS } from "./documents/discounts.ts";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const decimal = z.object({ amount: z.string() });
const named = z.object({ __typename: z.string() });
const purchases = {
  appliesOnOneTimePurchase: z.boolean(),
  appliesOnSubscription: z.boolean(),
};
const common = z.object({
  title: z.string(),
  tags: z.array(z.string()),
  startsAt: instant,
  endsAt: instant.nullable(),
  usageLimit: z.number().int().nullable(),
  appliesOncePerCustomer: z.boolean(),
  combinesWith: z.object({
    orderDiscounts: z.boolean(),
    productDiscounts: z.boolean(),
    shippingDiscounts: z.boolean(),
  }),
  status: z.string().optional(),
  codesCount: counted.optional(),
});
const limits = {
  recurringCycleLimit: z.number().int().nullable(),
  context: named,
  minimumRequirement: z
    .object({
      greaterThanOrEqualToSubtotal: decimal.optional(),
      greaterThanOrEqualToQuantity: z.coerce.number().optional(),
    })
    .nullable(),
};
const basic = common.extend({
  __typename: z.literal("DiscountCodeBasic"),
  ...limits,
  customerGets: z.object({
    ...purchases,
    items: named,
    value: z.object({
      percentage: z.number().optional(),
      amount: decimal.optional(),
      appliesOnEachItem: z.boolean().optional(),
    }),
  }),
});
const freeShipping = common.extend({
  __typename: z.literal("DiscountCodeFreeShipping"),
  ...limits,
  ...purchases,
  maximumShippingPrice: decimal.nullable(),
  destinationSelection: named,
});
const others = common.extend({ __typename: z.enum(["DiscountCodeBxgy", "DiscountCodeApp"]) });

/** A discount as TERMS asks for it. */
export const codeDiscount = z.discriminatedUnion("__typename", [basic, freeShipping, others]);
export type CodeDiscount = z.infer<typeof codeDiscount>;

const data = z.object({
  shop: z.object({ currencyCode: z.string() }),
  codeDiscountNodeByCode: z.object({ id: z.string(), codeDiscount }).nullable(),
});

/** The terms of a discount that a merchant, or another app, made in Shopify. */
export function createTermsCall(client: AdminClient): Pick<Shopify, "readDiscountTerms"> {
  return {
    async readDiscountTerms(shop, code) {
      const answer = await client.request(shop, DISCOUNT_TERMS, { code }, data);
      if (!answer.ok) return answer;
      const node = answer.value.codeDiscountNodeByCode;
      if (!node) return success(null);
      const terms = toTerms(node.codeDiscount, answer.value.shop.currencyCode);
      const chosen = await readChosen(client, shop, node.id, terms);
      return chosen.ok ? success({ discountId: node.id, terms: chosen.value }) : chosen;
    },
  };
}

/** Its terms; which products, collections and segments it names has to be asked for by itself. */
export function toTerms(found: CodeDiscount, currency: string): DiscountTerms {
  const { subtotal, quantity } = minimumOf(found);
  return {
    title: found.title,
    value: toValue(found, currency),
    currency,
    startsAt: found.startsAt,
    endsAt: found.endsAt,
    usageLimit: found.usageLimit,
    oncePerCustomer: found.appliesOncePerCustomer,
    combines: found.combinesWith.orderDiscounts,
    minimumMinor: subtotal === null ? null : toMinor(subtotal, currency),
    ...toDetails(found),
    minimumQuantity: quantity,
    combinesProducts: found.combinesWith.productDiscounts,
    combinesShipping: found.combinesWith.shippingDiscounts,
    tags: found.tags.filter((tag) => !tag.startsWith(OUR_TAG)).toSorted(),
  };
}

function minimumOf(found: CodeDiscount): { subtotal: string | null; quantity: number | null } {
  const minimum = "minimumRequirement" in found ? found.minimumRequirement : null;
  return {
    subtotal: minimum?.greaterThanOrEqualToSubtotal?.amount ?? null,
    quantity: minimum?.greaterThanOrEqualToQuantity ?? null,
  };
}

function toDetails(found: CodeDiscount): DiscountDetails {
  if (!("context" in found)) return PLAIN_DETAILS;
  const on = "customerGets" in found ? found.customerGets : found;
  const { appliesOnOneTimePurchase: once, appliesOnSubscription: again } = on;
  const limit = found.recurringCycleLimit ?? 0;
  return {
    ...PLAIN_DETAILS,
    items: "items" in on ? toItems(on.items.__typename) : PLAIN_DETAILS.items,
    buyers: toBuyers(found.context.__typename),
    purchases: again ? (once ? "both" : "subscription") : "one-time",
    cycles: again && limit > 0 ? limit : null,
  };
}

function toItems(typename: string): DiscountDetails["items"] {
  if (typename === "DiscountProducts") return { kind: "products", chosen: [] };
  if (typename === "DiscountCollections") return { kind: "collections", chosen: [] };
  return { kind: typename === "AllDiscountItems" ? "all" : "other" };
}

function toBuyers(typename: string): DiscountDetails["buyers"] {
  if (typename === "DiscountCustomerSegments") return { kind: "segments", chosen: [] };
  return { kind: typename === "DiscountBuyerSelectionAll" ? "all" : "other" };
}

/** Buy X get Y, apps' own, a number of items, shipping to some countries: nothing this app can say. */
function toValue(found: CodeDiscount, currency: string): DiscountValue {
  if (found.__typename === "DiscountCodeFreeShipping") return toFreeShipping(found, currency);
  if (found.__typename !== "DiscountCodeBasic") return { kind: "other" };
  const { percentage, amount, appliesOnEachItem } = found.customerGets.value;
  if (percentage !== undefined) {
    return { kind: "percentage", basisPoints: Math.round(percentage * 10_000) };
  }
  const minor = amount ? toMinor(amount.amount, currency) : null;
  if (minor === null) return { kind: "other" };
  return { kind: appliesOnEachItem ? "amount-each" : "amount", minor };
}

function toFreeShipping(
  { destinationSelection, maximumShippingPrice }: z.infer<typeof freeShipping>,
  currency: string,
): DiscountValue {
  if (destinationSelection.__typename !== "DiscountCountryAll") return { kind: "other" };
  const mostMinor = maximumShippingPrice && toMinor(maximumShippingPrice.amount, currency);
  return { kind: "free-shipping", mostMinor };
}

function toMinor(text: string, currency: string): number | null {
  const money = parseMoney(text, currency);
  return money.ok ? money.value.minor : null;
}
