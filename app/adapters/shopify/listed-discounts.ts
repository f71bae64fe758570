import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { ListedDiscount, Shopify } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { counted, countOf } from "./counted.ts";
import { CODE_DISCOUNTS, LOCATE_CODES } from "./documents/discounts.ts";
import { LOCATED_NAMES } from "./located-names.ts";

const node = z.object({
  id: z.string(),
  codeDiscount: z.object({
    title: z.string(),
    // An app's own discounts have none.
    summary: z.string().default(""),
    status: z.enum(["ACTIVE", "EXPIRED", "SCHEDULED"]),
    codesCount: counted,
    codes: z.object({ nodes: z.array(z.object({ code: z.string() })) }),
  }),
});
const page = z.object({
  codeDiscountNodes: z.object({
    nodes: z.array(node),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const located = z.record(
  z.string(),
  z
    .object({ id: z.string(), codeDiscount: z.object({ title: z.string().default("") }) })
    .nullable(),
);

type ListedCalls = Pick<Shopify, "listDiscounts" | "locateCodes">;

/** All code discounts of a shop, a page at a time. */
export function createListedDiscounts(client: AdminClient): ListedCalls {
  return {
    async listDiscounts(shop, { search, after }) {
      const variables = { query: titleQuery(search), after };
      const answer = await client.request(shop, CODE_DISCOUNTS, variables, page);
      if (!answer.ok) return answer;
      const { nodes, pageInfo } = answer.value.codeDiscountNodes;
      const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      return success({ discounts: nodes.map(toListed), next });
    },

    async locateCodes(shop, codes) {
      const [first] = codes;
      if (first === undefined) return success(new Map());
      // Every variable wants a code: those left over ask for the first one again.
      const variables = Object.fromEntries(
        LOCATED_NAMES.map((name, index) => [name, codes[index] ?? first]),
      );
      const answer = await client.request(shop, LOCATE_CODES, variables, located);
      if (!answer.ok) return answer;
      const found = codes.flatMap((code, index) => {
        const at = answer.value[LOCATED_NAMES[index] ?? ""];
        return at ? [[code, { shopifyId: at.id, title: at.codeDiscount.title }] as const] : [];
      });
      return success(new Map(found));
    },
  };
}

/** Each word may begin any word of the title; null for all. Signs of Shopify's search syntax are left out. */
function titleQuery(search: string): string | null {
  const words = search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : words.map((word) => `title:${word}*`).join(" ");
}

function toListed({ id, codeDiscount: found }: z.infer<typeof node>): ListedDiscount {
  const [first] = found.codes.nodes;
  return {
    shopifyId: id,
    title: found.title,
    summary: found.summary,
    state: STATES[found.status],
    ...countOf(found.codesCount),
    firstCode: first ? normalizeCode(first.code) : null,
  };
}

const STATES = { ACTIVE: "active", EXPIRED: "expired", SCHEDULED: "scheduled" } as const;
