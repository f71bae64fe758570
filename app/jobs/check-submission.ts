import { z } from "zod";
import { checkSubmission } from "#app/core/conversions/check-submission.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const checkSubmissionJob = defineJob({
  name: "check-submission",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, submissionId: z.string().min(1) }),
  run: checkSubmission,
});
