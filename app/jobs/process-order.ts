import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { processOrders } from "#app/core/orders/process-delivery.ts";
import { defineListJob, shopDomain } from "./define-job.ts";

export const processOrderJob = defineListJob({
  name: "process-order",
  concurrency: 2,
  batchSize: 100,
  listSize: 100,
  payload: z.object({ shop: shopDomain, orderId: z.string().refine(isOrderId) }),
  idsOf: ({ orderId }) => [orderId],
  runMany: (ports, { shop, ids: orderIds }) => processOrders(ports, { shop, orderIds }),
});
