import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { processOrder } from "#app/core/orders/process-delivery.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const processOrderJob = defineJob({
  name: "process-order",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, orderId: z.string().refine(isOrderId) }),
  run: processOrder,
});
