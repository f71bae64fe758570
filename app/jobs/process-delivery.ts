import { z } from "zod";
import { processDelivery } from "#app/core/orders/process-delivery.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const processDeliveryJob = defineJob({
  name: "process-delivery",
  concurrency: 4,
  payload: z.object({ shop: shopDomain, deliveryId: rowId }),
  run: processDelivery,
});
