import { z } from "zod";
import type { DiscountTerms } from "#app/core/codes/discount.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { toDecimal } from "#app/core/money.ts";
import type { Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { CREATE_DISCOUNT, DISCOUNT_BY_CODE } from "./documents.ts";

export const userErrors = z.array(z.object({ message: z.string(), code: z.string().nullish() }));
export const byCode = z.object({
  codeDiscountNodeByCode: z
    .object({
      id: z.string(),
      codeDiscount: z.object({
        title: z.string().default(""),
        tags: z.array(z.string()).default([]),
      }),
    })
    .nullable(),
});
const created = z.object({
  discountCodeBasicCreate: z.object({
    codeDiscountNode: z.object({ id: z.string() }).nullable(),
    userErrors,
  }),
});
type DiscountCalls = Pick<Shopify, "findDiscountByCode" | "createDiscount">;

export function createDiscountCalls(client: AdminClient): DiscountCalls {
  return {
    async findDiscountByCode(shop, code) {
      const answer = await client.request(shop, DISCOUNT_BY_CODE, { code }, byCode);
      if (!answer.ok) return answer;
      const node = answer.value.codeDiscountNodeByCode;
      if (!node) return success(null);
      const { title, tags } = node.codeDiscount;
      return success({ discountId: node.id, title, tags });
    },

    async createDiscount(shop, { terms, firstCode, tag }) {
      const discount = discountInput(terms, firstCode, tag);
      const answer = await client.request(shop, CREATE_DISCOUNT, { discount }, created);
      if (!answer.ok) return answer;
      const { codeDiscountNode: node, userErrors: errors } = answer.value.discountCodeBasicCreate;
      return node && errors.length === 0
        ? success({ discountId: node.id })
        : failure(refused(errors));
    },
  };
}

function discountInput(terms: DiscountTerms, code: DiscountCode, tag: string) {
  const { value, currency, minimumMinor } = terms;
  if (value.kind === "other") throw new Error("only a merchant makes such a discount");
  const decimal = (minor: number) => toDecimal({ minor, currency });
  return {
    title: terms.title,
    code,
    tags: [tag],
    startsAt: terms.startsAt.toISOString(),
    endsAt: terms.endsAt?.toISOString() ?? null,
    usageLimit: terms.usageLimit,
    appliesOncePerCustomer: terms.oncePerCustomer,
    combinesWith: { orderDiscounts: terms.combines },
    context: { all: "ALL" },
    customerGets: {
      items: { all: true },
      value:
        value.kind === "percentage"
          ? { percentage: value.basisPoints / 10_000 }
          : { discountAmount: { amount: decimal(value.minor), appliesOnEachItem: false } },
    },
    ...(minimumMinor !== null && {
      minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: decimal(minimumMinor) } },
    }),
  };
}

export function refused(errors: z.infer<typeof userErrors>): ShopifyProblem {
  const said = errors.map(({ message }) => message).join(" ") || "no reason given";
  return { kind: "refused", retry: "never", message: `Shopify refused it: ${said}` };
}
