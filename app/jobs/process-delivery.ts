import { z } from "zod";
import { processDeliveries, processDelivery } from "#app/core/orders/process-delivery.ts";
import { defineListJob, rowId, shopDomain } from "./define-job.ts";

export const processDeliveryJob = defineListJob({
  name: "process-delivery",
  concurrency: 3,
  // Each may hold fifty deliveries.
  batchSize: 40,
  // More orders than that would be locked for long.
  listSize: 200,
  payload: z.union([
    z.object({ shop: shopDomain, deliveryIds: z.array(rowId) }),
    // Jobs stored before deliveries shared one.
    z
      .object({ shop: shopDomain, deliveryId: rowId })
      .transform(({ shop, deliveryId }) => ({ shop, deliveryIds: [deliveryId] })),
  ]),
  idsOf: ({ deliveryIds }) => deliveryIds,
  runMany: (ports, { shop, ids: deliveryIds }) => processDeliveries(ports, { shop, deliveryIds }),
  runOne: (ports, { shop, id: deliveryId }) => processDelivery(ports, { shop, deliveryId }),
});
