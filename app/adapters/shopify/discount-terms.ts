import { z } from "zod";
import type { DiscountTerms, DiscountValue } from "#app/core/codes/discount.ts";
import { parseMoney } from "#app/core/money.ts";
import type { Shopify } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { DISCOUNT_TERMS } from "./documents.ts";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const decimal = z.object({ amount: z.string() });
export const codeDiscount = z.object({
  title: z.string(),
  startsAt: instant,
  endsAt: instant.nullable(),
  usageLimit: z.number().int().nullable(),
  appliesOncePerCustomer: z.boolean(),
  combinesWith: z.object({ orderDiscounts: z.boolean() }),
  customerGets: z
    .object({
      value: z.object({ percentage: z.number().optional(), amount: decimal.optional() }),
    })
    .optional(),
  minimumRequirement: z.object({ greaterThanOrEqualToSubtotal: decimal.optional() }).nullish(),
});
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
      return success({ discountId: node.id, terms });
    },
  };
}

/** What of a discount's terms this app can say. */
export function toTerms(found: z.infer<typeof codeDiscount>, currency: string): DiscountTerms {
  const minimum = found.minimumRequirement?.greaterThanOrEqualToSubtotal;
  return {
    title: found.title,
    value: toValue(found.customerGets?.value, currency),
    currency,
    startsAt: found.startsAt,
    endsAt: found.endsAt,
    usageLimit: found.usageLimit,
    oncePerCustomer: found.appliesOncePerCustomer,
    combines: found.combinesWith.orderDiscounts,
    minimumMinor: minimum ? toMinor(minimum.amount, currency) : null,
  };
}

type Value = NonNullable<z.infer<typeof codeDiscount>["customerGets"]>["value"];

/** Buy X get Y, free shipping, quantities and apps' own: nothing this app could say in one number. */
function toValue(value: Value | undefined, currency: string): DiscountValue {
  if (value?.percentage !== undefined) {
    return { kind: "percentage", basisPoints: Math.round(value.percentage * 10_000) };
  }
  const minor = value?.amount && toMinor(value.amount.amount, currency);
  return minor === undefined || minor === null ? { kind: "other" } : { kind: "amount", minor };
}

function toMinor(text: string, currency: string): number | null {
  const money = parseMoney(text, currency);
  return money.ok ? money.value.minor : null;
}
