import { z } from "zod";
import { reconcileOrders } from "#app/core/ledger/reconcile-orders.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const reconcileOrdersJob = defineJob({
  name: "reconcile-orders",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, runId: rowId }),
  run: reconcileOrders,
});
