import { z } from "zod";
import { processDeliveries, processJob } from "#app/core/orders/process-delivery.ts";
import { defineBulkJob, rowId, shopDomain } from "./define-job.ts";

export const processDeliveryJob = defineBulkJob({
  name: "process-delivery",
  concurrency: 3,
  // Each may hold fifty deliveries.
  batchSize: 40,
  payload: z.union([
    z.object({ shop: shopDomain, deliveryIds: z.array(rowId) }),
    // Jobs stored before deliveries shared one.
    z
      .object({ shop: shopDomain, deliveryId: rowId })
      .transform(({ shop, deliveryId }) => ({ shop, deliveryIds: [deliveryId] })),
  ]),
  run: processJob,
  runMany: (ports, shop, payloads) =>
    processDeliveries(ports, {
      shop,
      deliveryIds: payloads.flatMap(({ deliveryIds }) => deliveryIds),
    }),
});
