import { z } from "zod";
import { isOrderId, type OrderId, type ShopDomain } from "#app/core/ids.ts";
import type { OrderDetails, Shopify, ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { ORDER_DETAILS, ORDER_PRODUCT_TYPES } from "./documents/orders.ts";
import { legacyId } from "./read-order-node.ts";
import { unavailable } from "./shopify-problems.ts";

/** Costs below 1,000 points for the lines that ORDER_DETAILS asks of each, in the dearest reading. */
export const ORDERS_AT_ONCE = 40;

const lineItems = z.object({
  nodes: z.array(
    z.object({ id: z.string(), product: z.object({ productType: z.string() }).nullable() }),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const detailsNode = z.object({
  id: z.string(),
  customerJourneySummary: z
    .object({ ready: z.boolean(), customerOrderIndex: z.number().int().nullable() })
    .nullable(),
  lineItems,
});
const detailsData = z.object({ nodes: z.array(detailsNode.nullable()) });
const productTypesData = z.object({ order: z.object({ lineItems }).nullable() });

type LineItems = z.infer<typeof lineItems>;

export function createDetailsCall(client: AdminClient): Pick<Shopify, "orderDetails"> {
  return {
    async orderDetails(shop, orderIds) {
      const found = new Map<OrderId, OrderDetails>();
      for (let start = 0; start < orderIds.length; start += ORDERS_AT_ONCE) {
        const some = orderIds.slice(start, start + ORDERS_AT_ONCE);
        const ids = some.map((orderId) => `gid://shopify/Order/${orderId}`);
        const answer = await client.request(shop, ORDER_DETAILS, { ids }, detailsData);
        if (!answer.ok) return answer;
        for (const order of answer.value.nodes) {
          const orderId = legacyId(order?.id ?? "");
          if (!order || !isOrderId(orderId)) continue;
          const productTypes = await productTypesOf(client, shop, order.id, order.lineItems);
          if (!productTypes.ok) return productTypes;
          found.set(orderId, {
            isReady: order.customerJourneySummary?.ready ?? false,
            customerOrderIndex: order.customerJourneySummary?.customerOrderIndex ?? null,
            productTypes: productTypes.value,
          });
        }
      }
      return success(found);
    },
  };
}

/** By line id; what the first page did not hold is asked for. */
async function productTypesOf(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
  firstPage: LineItems,
): Promise<Result<Map<string, string>, ShopifyProblem>> {
  const productTypes = new Map<string, string>();
  let page: LineItems = firstPage;
  for (;;) {
    for (const { id: lineId, product } of page.nodes) {
      if (product) productTypes.set(legacyId(lineId), product.productType);
    }
    const { hasNextPage, endCursor: after } = page.pageInfo;
    if (!hasNextPage) return success(productTypes);
    if (after === null) return failure(unavailable("a page without a cursor"));
    const next: Record<string, unknown> = { id, after };
    const answer = await client.request(shop, ORDER_PRODUCT_TYPES, next, productTypesData);
    if (!answer.ok) return answer;
    if (!answer.value.order) return success(productTypes);
    page = answer.value.order.lineItems;
  }
}
