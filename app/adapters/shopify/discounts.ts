import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { DiscountTerms } from "#app/core/codes/discount.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { toDecimal } from "#app/core/money.ts";
import type { CodeCreation, Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { ADD_CODES, CREATE_DISCOUNT, DISCOUNT_BY_CODE, READ_CREATION } from "./documents.ts";
import { notFound, unavailable } from "./shopify-problems.ts";

const userErrors = z.array(z.object({ message: z.string(), code: z.string().nullish() }));
const byCode = z.object({
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
const added = z.object({
  discountRedeemCodeBulkAdd: z.object({
    bulkCreation: z.object({ id: z.string() }).nullable(),
    userErrors,
  }),
});
const creationRow = z.object({
  code: z.string(),
  discountRedeemCode: z.object({ id: z.string() }).nullable(),
  errors: userErrors,
});
const creation = z.object({
  discountRedeemCodeBulkCreation: z
    .object({
      done: z.boolean(),
      codes: z.object({
        nodes: z.array(creationRow),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

type DiscountCalls = Pick<
  Shopify,
  "findDiscountByCode" | "createDiscount" | "addCodes" | "readCreation"
>;

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

    async addCodes(shop, discountId, codes) {
      const variables = { discountId, codes: codes.map((code) => ({ code })) };
      const answer = await client.request(shop, ADD_CODES, variables, added);
      if (!answer.ok) return answer;
      const { bulkCreation, userErrors: errors } = answer.value.discountRedeemCodeBulkAdd;
      return bulkCreation && errors.length === 0
        ? success({ bulkCreationId: bulkCreation.id })
        : failure(refused(errors));
    },

    async readCreation(shop, id) {
      const rows: CodeCreation["rows"] = [];
      let after: string | null = null;
      for (;;) {
        const page: Record<string, unknown> = { id, after };
        const answer = await client.request(shop, READ_CREATION, page, creation);
        if (!answer.ok) return answer;
        const found = answer.value.discountRedeemCodeBulkCreation;
        if (!found) return failure(notFound());
        if (!found.done) return success({ done: false, rows: [] });
        rows.push(...found.codes.nodes.map(toRow));
        if (!found.codes.pageInfo.hasNextPage) return success({ done: true, rows });
        after = found.codes.pageInfo.endCursor;
        if (after === null) return failure(unavailable("a page without a cursor"));
      }
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

/** Shopify was seen to give per-code errors without a code, so the sentence counts too. */
function toRow(row: z.infer<typeof creationRow>): CodeCreation["rows"][number] {
  const taken = row.errors.some(
    ({ code, message }) => code === "TAKEN" || code === "DUPLICATE" || /unique/i.test(message),
  );
  const problem = row.discountRedeemCode
    ? null
    : `Shopify refused the code: ${row.errors.map(({ message }) => message).join(" ") || "no reason given"}`;
  return { code: normalizeCode(row.code), problem, taken };
}

function refused(errors: z.infer<typeof userErrors>): ShopifyProblem {
  const said = errors.map(({ message }) => message).join(" ") || "no reason given";
  return { kind: "refused", retry: "never", message: `Shopify refused it: ${said}` };
}
