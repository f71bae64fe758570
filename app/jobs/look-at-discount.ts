import { z } from "zod";
import { lookAtDiscount } from "#app/core/code-differences/look-at-discount.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const lookAtDiscountJob = defineJob({
  name: "look-at-discount",
  concurrency: 2,
  payload: z.object({
    shop: shopDomain,
    deliveryId: rowId,
    shopifyId: z.string(),
    isOfMany: z.boolean().optional(),
    attempts: z.number().int().optional(),
    isAgain: z.boolean().optional(),
  }),
  run: lookAtDiscount,
});
