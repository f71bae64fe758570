import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { SeenDiscount, Shopify } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { codeDiscount, toTerms } from "./discount-terms.ts";
import { refused, userErrors } from "./discounts.ts";
import { ACTIVATE_DISCOUNT, DISCOUNTS_BY_ID, REDEEM_CODES } from "./documents.ts";

/** Costs well below 1,000 points in the dearest reading of Shopify's rules. */
export const DISCOUNTS_AT_ONCE = 25;

const codesCount = z.object({ count: z.number().int() });
const seen = z.object({
  id: z.string(),
  codeDiscount: codeDiscount.extend({ status: z.string(), codesCount }),
});
const byId = z.object({
  shop: z.object({ currencyCode: z.string() }),
  nodes: z.array(seen.nullable()),
});
const codes = z.object({
  nodes: z.array(z.object({ code: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const codesPage = z.object({
  codeDiscountNode: z.object({ codeDiscount: z.object({ codesCount, codes }) }).nullable(),
});
const activated = z.object({ discountCodeActivate: z.object({ userErrors }) });

type SeenCalls = Pick<Shopify, "readDiscounts" | "listCodes" | "activateDiscount">;

/** Discounts and their codes as they stand in Shopify, whoever changed them. */
export function createSeenDiscountCalls(client: AdminClient): SeenCalls {
  return {
    async readDiscounts(shop, shopifyIds) {
      const ids = shopifyIds.slice(0, DISCOUNTS_AT_ONCE);
      const answer = await client.request(shop, DISCOUNTS_BY_ID, { ids }, byId);
      if (!answer.ok) return answer;
      const { currencyCode } = answer.value.shop;
      const found = answer.value.nodes.flatMap((node) => (node ? [node] : []));
      return success(new Map(found.map((node) => [node.id, toSeen(node, currencyCode)])));
    },

    async listCodes(shop, id, after) {
      const answer = await client.request(
        shop,
        REDEEM_CODES,
        { id, query: null, after },
        codesPage,
      );
      if (!answer.ok) return answer;
      const found = answer.value.codeDiscountNode?.codeDiscount;
      if (!found) return success(null);
      const { nodes, pageInfo } = found.codes;
      return success({
        codes: nodes.map(({ code }) => normalizeCode(code)),
        codesCount: found.codesCount.count,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      });
    },

    async activateDiscount(shop, id) {
      const answer = await client.request(shop, ACTIVATE_DISCOUNT, { id }, activated);
      if (!answer.ok) return answer;
      const { userErrors: errors } = answer.value.discountCodeActivate;
      return errors.length === 0 ? success(null) : failure(refused(errors));
    },
  };
}

function toSeen({ codeDiscount: found }: z.infer<typeof seen>, currency: string): SeenDiscount {
  return {
    terms: toTerms(found, currency),
    isEnded: found.status === "EXPIRED",
    codesCount: found.codesCount.count,
  };
}
