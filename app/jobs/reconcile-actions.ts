import { z } from "zod";
import { reconcileActions } from "#app/core/ledger/reconcile-actions.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const reconcileActionsJob = defineJob({
  name: "reconcile-actions",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, runId: rowId }),
  run: reconcileActions,
});
