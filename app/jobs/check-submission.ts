import { z } from "zod";
import { CHECKED_TOGETHER } from "#app/core/conversions/check-jobs.ts";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import { defineListJob, shopDomain } from "./define-job.ts";

export const checkSubmissionJob = defineListJob({
  name: "check-submission",
  concurrency: 2,
  batchSize: 20,
  listSize: CHECKED_TOGETHER,
  payload: z.object({ shop: shopDomain, submissionIds: z.array(z.string().min(1)) }),
  idsOf: ({ submissionIds }) => submissionIds,
  runMany: (ports, { shop, ids: submissionIds }) =>
    checkSubmissions(ports, { shop, submissionIds }),
});
