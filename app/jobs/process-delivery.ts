import { z } from "zod";
import { processDeliveries, processDelivery } from "#app/core/orders/process-delivery.ts";
import { defineBulkJob, rowId, shopDomain } from "./define-job.ts";

export const processDeliveryJob = defineBulkJob({
  name: "process-delivery",
  concurrency: 3,
  batchSize: 100,
  payload: z.object({ shop: shopDomain, deliveryId: rowId }),
  run: processDelivery,
  runMany: (ports, shop, payloads) =>
    processDeliveries(ports, {
      shop,
      deliveryIds: payloads.map(({ deliveryId }) => deliveryId),
    }),
});
