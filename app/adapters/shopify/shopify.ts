import { z } from "zod";
import type { Shopify } from "#app/core/ports/shopify.ts";
import { success } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { createChangeDiscountCalls } from "./change-discount.ts";
import { createTermsCall } from "./discount-terms.ts";
import { createDiscountCalls } from "./discounts.ts";
import { SHOP_DETAILS } from "./documents/shop.ts";
import { createListedDiscounts } from "./listed-discounts.ts";
import { createDetailsCall } from "./order-details.ts";
import { createOrderCalls } from "./orders.ts";
import { createRedeemCodeCalls } from "./redeem-codes.ts";
import { createRemovalCalls } from "./removed-codes.ts";
import { createSeenDiscountCalls } from "./seen-discounts.ts";
import { createSegmentsCall } from "./segments.ts";
import { createPixelCalls } from "./web-pixel.ts";

const shopData = z.object({
  shop: z.object({
    name: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    primaryDomain: z.object({ host: z.string() }),
  }),
});

/** Core's port to a shop's Admin API. */
export function createShopify(client: AdminClient): Shopify {
  return {
    ...createDiscountCalls(client),
    ...createRedeemCodeCalls(client),
    ...createRemovalCalls(client),
    ...createTermsCall(client),
    ...createSeenDiscountCalls(client),
    ...createListedDiscounts(client),
    ...createChangeDiscountCalls(client),
    ...createSegmentsCall(client),
    ...createPixelCalls(client),
    ...createOrderCalls(client),
    ...createDetailsCall(client),

    async shopDetails(shop) {
      const answer = await client.request(shop, SHOP_DETAILS, {}, shopData);
      if (!answer.ok) return answer;
      const { name, currencyCode, ianaTimezone, primaryDomain } = answer.value.shop;
      const { host } = primaryDomain;
      return success({ name, currency: currencyCode, timeZone: ianaTimezone, host });
    },
  };
}
