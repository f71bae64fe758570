import { z } from "zod";
import { checkSubmission } from "#app/core/conversions/check-submission.ts";
import { checkSubmissions } from "#app/core/conversions/settle-by-list.ts";
import { defineBulkJob, shopDomain } from "./define-job.ts";

export const checkSubmissionJob = defineBulkJob({
  name: "check-submission",
  concurrency: 2,
  // One list of actions settles them all.
  batchSize: 200,
  payload: z.object({ shop: shopDomain, submissionId: z.string().min(1) }),
  run: checkSubmission,
  runMany: (ports, shop, payloads) =>
    checkSubmissions(ports, {
      shop,
      submissionIds: payloads.map(({ submissionId }) => submissionId),
    }),
});
