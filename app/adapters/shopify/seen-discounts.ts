import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import { OUR_TAG } from "#app/core/codes/read-details.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { SeenDiscount, Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { counted, countOf } from "./counted.ts";
import { readChosen } from "./discount-chosen.ts";
import { codeDiscount, toTerms } from "./discount-terms.ts";
import { refused, userErrors } from "./discounts.ts";
import { ACTIVATE_DISCOUNT } from "./documents/discount-changes.ts";
import { DISCOUNTS_BY_ID } from "./documents/discounts.ts";
import { REDEEM_CODES } from "./documents/redeem-codes.ts";

/** Costs well below 1,000 points in the dearest reading of Shopify's rules. */
export const DISCOUNTS_AT_ONCE = 25;

const seen = z.object({ id: z.string(), codeDiscount });
const byId = z.object({
  shop: z.object({ currencyCode: z.string() }),
  nodes: z.array(seen.nullable()),
});
const codes = z.object({
  nodes: z.array(z.object({ code: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const codesPage = z.object({
  codeDiscountNode: z.object({ codeDiscount: z.object({ codesCount: counted, codes }) }).nullable(),
});
const activated = z.object({ discountCodeActivate: z.object({ userErrors }) });

type SeenCalls = Pick<Shopify, "readDiscounts" | "listCodes" | "activateDiscount">;

/** With the tags that this app has marked it with. */
export interface MarkedDiscount extends SeenDiscount {
  marks: string[];
}

/** At most 25, by their ids; one that Shopify no longer has is left out. */
export async function readMarked(
  client: AdminClient,
  shop: ShopDomain,
  shopifyIds: readonly string[],
): Promise<Result<Map<string, MarkedDiscount>, ShopifyProblem>> {
  const ids = shopifyIds.slice(0, DISCOUNTS_AT_ONCE);
  const answer = await client.request(shop, DISCOUNTS_BY_ID, { ids }, byId);
  if (!answer.ok) return answer;
  const found = new Map<string, MarkedDiscount>();
  for (const node of answer.value.nodes.flatMap((each) => each ?? [])) {
    const one = toMarked(node, answer.value.shop.currencyCode);
    const terms = await readChosen(client, shop, node.id, one.terms);
    if (!terms.ok) return terms;
    found.set(node.id, { ...one, terms: terms.value });
  }
  return success(found);
}

/** Discounts and their codes as they stand in Shopify, whoever changed them. */
export function createSeenDiscountCalls(client: AdminClient): SeenCalls {
  return {
    readDiscounts: (shop, shopifyIds) => readMarked(client, shop, shopifyIds),

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
        ...countOf(found.codesCount),
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

function toMarked({ codeDiscount: found }: z.infer<typeof seen>, currency: string): MarkedDiscount {
  return {
    terms: toTerms(found, currency),
    isEnded: found.status === "EXPIRED",
    ...(found.codesCount ? countOf(found.codesCount) : { codesCount: 0, isCounted: false }),
    marks: found.tags.filter((tag) => tag.startsWith(OUR_TAG)),
  };
}
