import { z } from "zod";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { DiscountCode, ShopDomain } from "#app/core/ids.ts";
import type { Removal, Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
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
    async removeCodes(shop, discountId, codes, { isAskedAgain }) {
      const asked: Result<Place, ShopifyProblem> = isAskedAgain
        ? await lookUp(client, shop, discountId, codes)
        : success({ there: [...codes], elsewhere: [] });
      if (!asked.ok) return asked;
      const { there } = asked.value;
      if (there.length === 0) return success({ job: null, elsewhere: asked.value.elsewhere });
      const found = await findRedeemCodes(client, shop, discountId, there);
      if (!found.ok) return found;
      const { ids, unlisted } = found.value;
      const elsewhere = [...asked.value.elsewhere, ...found.value.elsewhere];
      if (ids.length === 0) {
        return unlisted ? failure(notListed(unlisted)) : success({ job: null, elsewhere });
      }
      // Before they are removed: of those that go by themselves nothing is left to end.
      const isLast = isAskedAgain
        ? await hasNoOther(client, shop, discountId, there)
        : success(false);
      if (!isLast.ok) return isLast;
      const answer = await client.request(shop, REMOVE_CODES, { discountId, ids }, removed);
      if (!answer.ok) return answer;
      const { job, userErrors: errors } = answer.value.discountCodeRedeemCodeBulkDelete;
      if (!job || errors.length > 0) return failure(refused(errors));
      return success({ job: { id: job.id, isLast: isLast.value }, elsewhere });
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

/** Which codes open the discount, and which another one; the others are gone. */
interface Place {
  there: DiscountCode[];
  elsewhere: Removal["elsewhere"];
}

/** Each by itself: of what is gone a search may still tell. */
async function lookUp(
  client: AdminClient,
  shop: ShopDomain,
  discountId: string,
  codes: readonly DiscountCode[],
): Promise<Result<Place, ShopifyProblem>> {
  const place: Place = { there: [], elsewhere: [] };
  for (const code of codes) {
    const answer = await client.request(shop, DISCOUNT_BY_CODE, { code }, byCode);
    if (!answer.ok) return answer;
    const node = answer.value.codeDiscountNodeByCode;
    if (node?.id === discountId) place.there.push(code);
    else if (node) place.elsewhere.push({ code, title: node.codeDiscount.title });
  }
  return success(place);
}

/** Whether these codes are all that the discount has: its count and its list agree on it. */
async function hasNoOther(
  client: AdminClient,
  shop: ShopDomain,
  discountId: string,
  codes: readonly DiscountCode[],
): Promise<Result<boolean, ShopifyProblem>> {
  const page = { id: discountId, query: null, after: null };
  const answer = await client.request(shop, REDEEM_CODES, page, redeemCodes);
  if (!answer.ok) return answer;
  const discount = answer.value.codeDiscountNode?.codeDiscount;
  if (!discount?.codesCount) return success(false);
  const { codesCount: count, isCounted } = countOf(discount.codesCount);
  const { nodes, pageInfo: paging } = discount.codes;
  const others = nodes.filter(({ code }) => !codes.includes(normalizeCode(code)));
  return success(isCounted && count <= codes.length && others.length === 0 && !paging.hasNextPage);
}

interface Found {
  /** Of the redeem codes, which only a list of codes tells. */
  ids: string[];
  /** A code that opens the discount, and that its list does not have. */
  unlisted: DiscountCode | null;
  elsewhere: Removal["elsewhere"];
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
  const place = await lookUp(client, shop, discountId, [...missing]);
  if (!place.ok) return place;
  const { there, elsewhere } = place.value;
  const left = new Set(there);
  if (left.size === 0) return success({ ids: searched.value, unlisted: null, elsewhere });
  const paged = await pageCodes(client, shop, { id: discountId, query: null }, left);
  if (!paged.ok) return paged;
  const [unlisted = null] = left;
  return success({ ids: [...searched.value, ...paged.value], unlisted, elsewhere });
}

/** Ids of codes: reads pages until none is missing any more, and takes what it finds out of `missing`. */
async function pageCodes(
  client: AdminClient,
  shop: ShopDomain,
  search: { id: string; query: string | null },
  missing: Set<DiscountCode>,
): Promise<Result<string[], ShopifyProblem>> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { ...search, after };
    const answer = await client.request(shop, REDEEM_CODES, page, redeemCodes);
    if (!answer.ok) return answer;
    const discount = answer.value.codeDiscountNode?.codeDiscount;
    // Of a discount that is gone: some of its codes may have been added to another.
    if (!discount) return success(ids);
    for (const { id, code } of discount.codes.nodes) {
      if (missing.delete(normalizeCode(code))) ids.push(id);
    }
    const { hasNextPage, endCursor } = discount.codes.pageInfo;
    if (missing.size === 0 || !hasNextPage || endCursor === null) return success(ids);
    after = endCursor;
  }
}

function notListed(code: DiscountCode): ShopifyProblem {
  const message = `Shopify has ${code}, and doesn't list it among its discount's codes yet.`;
  return { kind: "unavailable", retry: "later", message };
}
