import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { DiscountCode, ShopDomain } from "#app/core/ids.ts";
import type { Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { counted, countOf } from "./counted.ts";
import { byCode, refused, userErrors } from "./discounts.ts";
import { DEACTIVATE_DISCOUNT } from "./documents/discount-changes.ts";
import { DISCOUNT_BY_CODE } from "./documents/discounts.ts";
import { READ_REMOVAL, REDEEM_CODES, REMOVE_CODES } from "./documents/redeem-codes.ts";

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const redeemCodes = z.object({
  codeDiscountNode: z
    .object({
      codeDiscount: z.object({
        codesCount: counted.nullable(),
        codes: z.object({
          nodes: z.array(z.object({ id: z.string(), code: z.string() })),
          pageInfo,
        }),
      }),
    })
    .nullable(),
});
const removed = z.object({
  discountCodeRedeemCodeBulkDelete: z.object({
    job: z.object({ id: z.string() }).nullable(),
    userErrors,
  }),
});
const removal = z.object({ job: z.object({ done: z.boolean() }).nullable() });
const deactivated = z.object({ discountCodeDeactivate: z.object({ userErrors }) });

type RemovalCalls = Pick<Shopify, "removeCodes" | "readRemoval" | "deactivateDiscount">;

export function createRemovalCalls(client: AdminClient): RemovalCalls {
  return {
    async removeCodes(shop, discountId, codes) {
      const found = await findRedeemCodes(client, shop, discountId, codes);
      if (!found.ok) return found;
      const { ids, count } = found.value;
      if (ids.length === 0) return success(null);
      const answer = await client.request(shop, REMOVE_CODES, { discountId, ids }, removed);
      if (!answer.ok) return answer;
      const { job, userErrors: errors } = answer.value.discountCodeRedeemCodeBulkDelete;
      if (!job || errors.length > 0) return failure(refused(errors));
      return success({ jobId: job.id, isLast: count <= ids.length });
    },

    async readRemoval(shop, id) {
      const answer = await client.request(shop, READ_REMOVAL, { id }, removal);
      return answer.ok ? success({ done: answer.value.job?.done ?? true }) : answer;
    },

    async deactivateDiscount(shop, id) {
      const answer = await client.request(shop, DEACTIVATE_DISCOUNT, { id }, deactivated);
      if (!answer.ok) return answer;
      const { userErrors: errors } = answer.value.discountCodeDeactivate;
      const isGone = errors.some(({ message }) => /does not exist/i.test(message));
      return errors.length === 0 || isGone ? success(null) : failure(refused(errors));
    },
  };
}

interface Found {
  /** Of the redeem codes, which only a list of codes tells. */
  ids: string[];
  /** How many codes the discount has. */
  count: number;
}

/**
 * No field gives a redeem code's id by its text, and no filter for the text is documented: a search
 * finds them all in one call. What it passes over is looked up exactly, and paged for where it is there.
 */
async function findRedeemCodes(
  client: AdminClient,
  shop: ShopDomain,
  discountId: string,
  codes: readonly DiscountCode[],
): Promise<Result<Found, ShopifyProblem>> {
  const missing = new Set(codes);
  const query = codes.map((code) => `"${code.replaceAll(/["\\]/g, "\\$&")}"`).join(" OR ");
  const searched = await pageCodes(client, shop, { id: discountId, query }, missing);
  if (!searched.ok) return searched;
  for (const code of missing) {
    const answer = await client.request(shop, DISCOUNT_BY_CODE, { code }, byCode);
    if (!answer.ok) return answer;
    if (answer.value.codeDiscountNodeByCode?.id !== discountId) missing.delete(code);
  }
  if (missing.size === 0) return searched;
  const paged = await pageCodes(client, shop, { id: discountId, query: null }, missing);
  if (!paged.ok) return paged;
  return success({ ids: [...searched.value.ids, ...paged.value.ids], count: paged.value.count });
}

/** Reads pages until none is missing any more, and takes what it finds out of `missing`. */
async function pageCodes(
  client: AdminClient,
  shop: ShopDomain,
  search: { id: string; query: string | null },
  missing: Set<DiscountCode>,
): Promise<Result<Found, ShopifyProblem>> {
  const found: Found = { ids: [], count: 0 };
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { ...search, after };
    const answer = await client.request(shop, REDEEM_CODES, page, redeemCodes);
    if (!answer.ok) return answer;
    const discount = answer.value.codeDiscountNode?.codeDiscount;
    if (!discount) {
      // With their discount all its codes are gone.
      missing.clear();
      return success(found);
    }
    const { codesCount } = discount;
    found.count = codesCount && countOf(codesCount).isCounted ? codesCount.count : Infinity;
    for (const { id, code } of discount.codes.nodes) {
      if (missing.delete(normalizeCode(code))) found.ids.push(id);
    }
    const { hasNextPage, endCursor } = discount.codes.pageInfo;
    if (missing.size === 0 || !hasNextPage || endCursor === null) return success(found);
    after = endCursor;
  }
}
