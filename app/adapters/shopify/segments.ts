import { z } from "zod";
import type { Shopify } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { SEGMENTS } from "./documents/discounts.ts";

const data = z.object({
  segments: z.object({
    nodes: z.array(z.object({ id: z.string(), name: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

/** Customer segments, of which only id and name are asked for: never who is in them. */
export function createSegmentsCall(client: AdminClient): Pick<Shopify, "listSegments"> {
  return {
    async listSegments(shop, { words, after }) {
      const answer = await client.request(shop, SEGMENTS, { query: searchFor(words), after }, data);
      if (!answer.ok) return answer;
      const { nodes, pageInfo } = answer.value.segments;
      return success({
        segments: nodes.map(({ id, name }) => ({ id, title: name })),
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      });
    },
  };
}

/** Shopify's search syntax, of which a merchant's words are to be no part. */
function searchFor(words: string): string | null {
  const plain = words.replaceAll(/[^\p{L}\p{N}\s]/gu, " ").trim();
  const terms = plain.split(/\s+/).map((word) => `name:${word}*`);
  return plain === "" ? null : terms.join(" AND ");
}
