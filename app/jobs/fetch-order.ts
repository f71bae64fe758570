import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const fetchOrderJob = defineJob({
  name: "fetch-order",
  concurrency: 4,
  payload: z.object({
    shop: shopDomain,
    orderId: z.string().refine(isOrderId),
    attempts: z.int().optional(),
    since: z.iso.datetime().optional(),
    placedAt: z.iso.datetime().optional(),
    missedAt: z.iso.datetime().optional(),
    changedAt: z.iso.datetime().optional(),
  }),
  run: fetchOrder,
});
