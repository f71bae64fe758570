import { z } from "zod";
import type {
  Chosen,
  DiscountBuyers,
  DiscountItems,
  DiscountTerms,
} from "#app/core/codes/discount.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { DISCOUNT_ITEMS, DISCOUNT_SEGMENTS } from "./documents/discounts.ts";

const page = z.object({
  nodes: z.array(z.object({ id: z.string(), title: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean() }),
});
const items = z.object({
  products: page.optional(),
  productVariants: z.object({ nodes: z.array(z.object({ id: z.string() })) }).optional(),
  collections: page.optional(),
});
const itemsData = z.object({
  codeDiscountNode: z
    .object({ codeDiscount: z.object({ customerGets: z.object({ items }).optional() }) })
    .nullable(),
});
const segments = z.array(z.object({ id: z.string(), name: z.string() }));
const segmentsData = z.object({
  codeDiscountNode: z
    .object({
      codeDiscount: z.object({ context: z.object({ segments: segments.optional() }).optional() }),
    })
    .nullable(),
});

/** Fills in which products, collections and segments a discount names, where it names some. */
export async function readChosen(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
  terms: DiscountTerms,
): Promise<Result<DiscountTerms, ShopifyProblem>> {
  const namesItems = "chosen" in terms.items;
  const found = namesItems ? await readItems(client, shop, id) : success(terms.items);
  if (!found.ok) return found;
  const namesBuyers = "chosen" in terms.buyers;
  const buyers = namesBuyers ? await readSegments(client, shop, id) : success(terms.buyers);
  return buyers.ok ? success({ ...terms, items: found.value, buyers: buyers.value }) : buyers;
}

async function readItems(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
): Promise<Result<DiscountItems, ShopifyProblem>> {
  const answer = await client.request(shop, DISCOUNT_ITEMS, { id }, itemsData);
  if (!answer.ok) return answer;
  const found = answer.value.codeDiscountNode?.codeDiscount.customerGets?.items;
  const variants = found?.productVariants?.nodes.length ?? 0;
  if (found?.collections) return success(toItems("collections", found.collections));
  // Single variants are nothing this app can say.
  if (!found?.products || variants > 0) return success({ kind: "other" });
  return success(toItems("products", found.products));
}

function toItems(
  kind: "products" | "collections",
  { nodes, pageInfo }: z.infer<typeof page>,
): DiscountItems {
  return pageInfo.hasNextPage ? { kind: "other" } : { kind, chosen: byId(nodes) };
}

async function readSegments(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
): Promise<Result<DiscountBuyers, ShopifyProblem>> {
  const answer = await client.request(shop, DISCOUNT_SEGMENTS, { id }, segmentsData);
  // The merchant has not allowed it: then this app can't say whom the discount is for.
  if (!answer.ok)
    return answer.problem.kind === "access-denied" ? success({ kind: "other" }) : answer;
  const found = answer.value.codeDiscountNode?.codeDiscount.context?.segments;
  if (!found) return success({ kind: "other" });
  const chosen = found.map(({ id: segmentId, name }) => ({ id: segmentId, title: name }));
  return success({ kind: "segments", chosen: byId(chosen) });
}

/** Shopify's order says nothing. */
function byId(chosen: readonly Chosen[]): Chosen[] {
  return chosen.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
