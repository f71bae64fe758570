import { z } from "zod";
import { CHECKED_TOGETHER } from "#app/core/conversions/check-jobs.ts";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import { defineListJob, shopDomain } from "./define-job.ts";

export const checkSubmissionJob = defineListJob({
  name: "check-submission",
  concurrency: 2,
  batchSize: 20,
  listSize: CHECKED_TOGETHER,
  payload: z.union([
    z.object({ shop: shopDomain, submissionIds: z.array(z.string().min(1)) }),
    // Jobs stored before submissions shared one.
    z
      .object({ shop: shopDomain, submissionId: z.string().min(1) })
      .transform(({ shop, submissionId }) => ({ shop, submissionIds: [submissionId] })),
  ]),
  idsOf: ({ submissionIds }) => submissionIds,
  runMany: (ports, { shop, ids: submissionIds }) =>
    checkSubmissions(ports, { shop, submissionIds }),
});
