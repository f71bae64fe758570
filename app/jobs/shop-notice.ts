import { z } from "zod";
import { rowId, shopDomain } from "./define-job.ts";

/** A delivery about the shop itself, and how often Shopify could not be asked about it yet. */
export const shopNotice = z.object({
  shop: shopDomain,
  deliveryId: rowId,
  attempts: z.number().int().nonnegative().optional(),
});
