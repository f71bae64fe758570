import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { processOrder, processOrders } from "#app/core/orders/process-delivery.ts";
import { defineBulkJob, shopDomain } from "./define-job.ts";

export const processOrderJob = defineBulkJob({
  name: "process-order",
  concurrency: 2,
  batchSize: 100,
  payload: z.object({ shop: shopDomain, orderId: z.string().refine(isOrderId) }),
  run: processOrder,
  runMany: (ports, shop, payloads) =>
    processOrders(ports, { shop, orderIds: payloads.map(({ orderId }) => orderId) }),
});
