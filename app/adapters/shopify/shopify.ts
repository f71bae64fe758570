import { z } from "zod";
import type { OrderDetails, Shopify } from "#app/core/ports/shopify.ts";
import { failure, success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { createDiscountCalls } from "./discounts.ts";
import { ORDER_DETAILS, SHOP_DETAILS } from "./documents.ts";
import { notFound } from "./shopify-problems.ts";

const shopData = z.object({
  shop: z.object({ name: z.string(), currencyCode: z.string(), ianaTimezone: z.string() }),
});
const orderData = z.object({
  order: z
    .object({
      customerJourneySummary: z
        .object({ ready: z.boolean(), customerOrderIndex: z.number().int().nullable() })
        .nullable(),
      lineItems: z.object({
        nodes: z.array(
          z.object({ id: z.string(), product: z.object({ productType: z.string() }).nullable() }),
        ),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

/** Core's port to a shop's Admin API. */
export function createShopify(client: AdminClient): Shopify {
  return {
    ...createDiscountCalls(client),

    async shopDetails(shop) {
      const answer = await client.request(shop, SHOP_DETAILS, {}, shopData);
      if (!answer.ok) return answer;
      const { name, currencyCode, ianaTimezone } = answer.value.shop;
      return success({ name, currency: currencyCode, timeZone: ianaTimezone });
    },

    async orderDetails(shop, orderId) {
      const id = `gid://shopify/Order/${orderId}`;
      const details: OrderDetails = { customerOrderIndex: null, productTypes: new Map() };
      let after: string | null = null;
      for (;;) {
        const page: Record<string, unknown> = { id, after };
        const answer = await client.request(shop, ORDER_DETAILS, page, orderData);
        if (!answer.ok) return answer;
        const { order } = answer.value;
        if (!order) return failure(notFound());
        details.customerOrderIndex = order.customerJourneySummary?.customerOrderIndex ?? null;
        for (const { id: gid, product } of order.lineItems.nodes) {
          if (product) details.productTypes.set(gid.split("/").at(-1) ?? "", product.productType);
        }
        after = order.lineItems.pageInfo.endCursor;
        if (!order.lineItems.pageInfo.hasNextPage || after === null) return success(details);
      }
    },
  };
}
