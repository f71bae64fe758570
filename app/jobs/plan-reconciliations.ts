import { z } from "zod";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const planReconciliationsJob = defineJob({
  name: "plan-reconciliations",
  concurrency: 1,
  payload: z.object({ after: shopDomain.nullish() }),
  run: planReconciliations,
});
