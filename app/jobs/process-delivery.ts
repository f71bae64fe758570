import { z } from "zod";
import { processDeliveries, processDelivery } from "#app/core/orders/process-delivery.ts";
import { defineListJob, rowId, shopDomain } from "./define-job.ts";

export const processDeliveryJob = defineListJob({
  name: "process-delivery",
  concurrency: 3,
  batchSize: 100,
  listSize: 100,
  payload: z.object({ shop: shopDomain, deliveryId: rowId }),
  idsOf: ({ deliveryId }) => [deliveryId],
  runMany: (ports, { shop, ids: deliveryIds }) => processDeliveries(ports, { shop, deliveryIds }),
  runOne: (ports, { shop, id: deliveryId }) => processDelivery(ports, { shop, deliveryId }),
});
