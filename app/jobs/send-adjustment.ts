import { z } from "zod";
import { sendAdjustment } from "#app/core/adjustments/send-adjustment.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const sendAdjustmentJob = defineJob({
  name: "send-adjustment",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, adjustmentId: rowId }),
  run: sendAdjustment,
});
