import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { isOrderReason } from "#app/core/orders/order-state.ts";
import { retryOrders } from "#app/core/orders/retry-orders.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const retryOrdersJob = defineJob({
  name: "retry-orders",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    reason: z.string().refine(isOrderReason).nullable(),
    after: z.string().refine(isOrderId).nullable(),
    orderId: z.string().refine(isOrderId).optional(),
  }),
  run: retryOrders,
});
