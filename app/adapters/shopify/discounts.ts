import { z } from "zod";
import type { Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { termsInput } from "./discount-input.ts";
import { CREATE_DISCOUNT, CREATE_FREE_SHIPPING } from "./documents/discount-changes.ts";
import { DISCOUNT_BY_CODE } from "./documents/discounts.ts";

export const userErrors = z.array(
  z.object({
    message: z.string(),
    code: z.string().nullish(),
    field: z.array(z.string()).nullish(),
  }),
);
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
const made = z.object({
  codeDiscountNode: z.object({ id: z.string() }).nullable(),
  userErrors,
});
const created = z.union([
  z.object({ discountCodeBasicCreate: made }).transform((data) => data.discountCodeBasicCreate),
  z
    .object({ discountCodeFreeShippingCreate: made })
    .transform((data) => data.discountCodeFreeShippingCreate),
]);
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
      const discount = { ...termsInput(null, terms, [tag, ...terms.tags]), code: firstCode };
      const isShipping = terms.value.kind === "free-shipping";
      const document = isShipping ? CREATE_FREE_SHIPPING : CREATE_DISCOUNT;
      const answer = await client.request(shop, document, { discount }, created);
      if (!answer.ok) return answer;
      const { codeDiscountNode: node, userErrors: errors } = answer.value;
      return node && errors.length === 0
        ? success({ discountId: node.id })
        : failure(refused(errors));
    },
  };
}

export function refused(errors: z.infer<typeof userErrors>): ShopifyProblem {
  const said = errors.map(({ message }) => message).join(" ") || "no reason given";
  return { kind: "refused", retry: "never", message: `Shopify refused it: ${said}` };
}
