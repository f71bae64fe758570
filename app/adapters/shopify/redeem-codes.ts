import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { CodeCreation, Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { refused, userErrors } from "./discounts.ts";
import {
  ADD_CODES,
  NEWEST_CODES,
  READ_CREATION,
  READ_CREATION_CODES,
} from "./documents/redeem-codes.ts";
import { notFound, unavailable } from "./shopify-problems.ts";

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const added = z.object({
  discountRedeemCodeBulkAdd: z.object({
    bulkCreation: z.object({ id: z.string() }).nullable(),
    userErrors,
  }),
});
const creation = z.object({
  discountRedeemCodeBulkCreation: z
    .object({ done: z.boolean(), codesCount: z.number(), importedCount: z.number() })
    .nullable(),
});
const creationRow = z.object({
  code: z.string(),
  discountRedeemCode: z.object({ id: z.string() }).nullable(),
  errors: userErrors,
});
const creationRows = z.object({
  discountRedeemCodeBulkCreation: z
    .object({ codes: z.object({ nodes: z.array(creationRow), pageInfo }) })
    .nullable(),
});
const newest = z.object({
  codeDiscountNode: z
    .object({
      codeDiscount: z.object({
        codes: z.object({ nodes: z.array(z.object({ code: z.string() })), pageInfo }).optional(),
      }),
    })
    .nullable(),
});

type RedeemCodeCalls = Pick<Shopify, "addCodes" | "readCreation" | "listNewestCodes">;

export function createRedeemCodeCalls(client: AdminClient): RedeemCodeCalls {
  return {
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
      const answer = await client.request(shop, READ_CREATION, { id }, creation);
      if (!answer.ok) return answer;
      const found = answer.value.discountRedeemCodeBulkCreation;
      if (!found) return failure(notFound());
      const { done, codesCount, importedCount } = found;
      // A page of codes costs ten times as much, and is only needed to tell which of them failed.
      const allMade = done && importedCount === codesCount;
      if (!done || allMade) return success({ done, allMade, rows: [] });
      const rows = await readRows(client, shop, id);
      return rows.ok ? success({ done, allMade, rows: rows.value }) : rows;
    },

    async listNewestCodes(shop, id, after) {
      const answer = await client.request(shop, NEWEST_CODES, { id, after }, newest);
      if (!answer.ok) return answer;
      const page = answer.value.codeDiscountNode?.codeDiscount.codes;
      if (!page) return success({ codes: [], next: null });
      const codes = page.nodes.map(({ code }) => normalizeCode(code));
      return success({ codes, next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null });
    },
  };
}

async function readRows(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
): Promise<Result<CodeCreation["rows"], ShopifyProblem>> {
  const rows: CodeCreation["rows"] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id, after };
    const answer = await client.request(shop, READ_CREATION_CODES, page, creationRows);
    if (!answer.ok) return answer;
    const found = answer.value.discountRedeemCodeBulkCreation;
    if (!found) return failure(notFound());
    rows.push(...found.codes.nodes.map(toRow));
    if (!found.codes.pageInfo.hasNextPage) return success(rows);
    after = found.codes.pageInfo.endCursor;
    if (after === null) return failure(unavailable("a page without a cursor"));
  }
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
