import { z } from "zod";
import { reconcileCodes } from "#app/core/code-differences/reconcile-codes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const reconcileCodesJob = defineJob({
  name: "reconcile-codes",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, runId: rowId }),
  run: reconcileCodes,
});
