import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { redactOrders } from "#app/core/privacy/redact-orders.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const redactOrdersJob = defineJob({
  name: "redact-orders",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    deliveryId: rowId,
    orderIds: z.array(z.string().refine(isOrderId)),
  }),
  run: redactOrders,
});
