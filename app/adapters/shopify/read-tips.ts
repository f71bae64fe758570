import { z } from "zod";
import type { ShopDomain } from "#app/core/ids.ts";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { ORDER_TIPS } from "./documents/orders.ts";
import type { OrderNode } from "./read-order-node.ts";
import { unavailable } from "./shopify-problems.ts";

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const sale = z.object({ lineItem: z.object({ id: z.string() }).optional() });
const agreement = z.object({ sales: z.object({ nodes: z.array(sale), pageInfo }) });
const tipsData = z.object({
  order: z.object({ agreements: z.object({ nodes: z.array(agreement), pageInfo }) }).nullable(),
});

/** The ids of an order's lines that are tips; asked for only where Shopify says that there are any. */
export async function readTips(
  client: AdminClient,
  shop: ShopDomain,
  { id, totalTipReceivedSet }: Pick<OrderNode, "id" | "totalTipReceivedSet">,
): Promise<Result<Set<string>, ShopifyProblem>> {
  const tips = new Set<string>();
  if (Number(totalTipReceivedSet.shopMoney.amount) === 0) return success(tips);
  let after: string | null = null;
  let salesAfter: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id, after, salesAfter };
    const answer = await client.request(shop, ORDER_TIPS, page, tipsData);
    if (!answer.ok) return answer;
    const agreements = answer.value.order?.agreements;
    const sales = agreements?.nodes[0]?.sales;
    for (const { lineItem } of sales?.nodes ?? []) if (lineItem) tips.add(lineItem.id);
    if (sales?.pageInfo.hasNextPage) {
      salesAfter = sales.pageInfo.endCursor;
      if (salesAfter === null) return failure(unavailable("a page without a cursor"));
      continue;
    }
    if (!agreements?.pageInfo.hasNextPage) return success(tips);
    after = agreements.pageInfo.endCursor;
    salesAfter = null;
    if (after === null) return failure(unavailable("a page without a cursor"));
  }
}
