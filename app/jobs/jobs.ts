import type { JobName } from "#app/core/ports/queue.ts";
import { checkSubmissionJob } from "./check-submission.ts";
import type { Job } from "./define-job.ts";
import { eraseShopJob } from "./erase-shop.ts";
import { makeCodesJob } from "./make-codes.ts";
import { processDeliveryJob } from "./process-delivery.ts";
import { processOrderJob } from "./process-order.ts";
import { redactOrdersJob } from "./redact-orders.ts";
import { registerCodeJob } from "./register-code.ts";
import { sendConversionJob } from "./send-conversion.ts";
import { syncPartnersJob } from "./sync-partners.ts";
import { takeUpWaitingJob } from "./take-up-waiting.ts";
import { uninstallShopJob } from "./uninstall-shop.ts";

/** Every job there is: a name without a handler does not compile. */
export const jobs: Record<JobName, Job> = {
  "process-delivery": processDeliveryJob,
  "process-order": processOrderJob,
  "send-conversion": sendConversionJob,
  "check-submission": checkSubmissionJob,
  "make-codes": makeCodesJob,
  "register-code": registerCodeJob,
  "sync-partners": syncPartnersJob,
  "take-up-waiting": takeUpWaitingJob,
  "redact-orders": redactOrdersJob,
  "uninstall-shop": uninstallShopJob,
  "erase-shop": eraseShopJob,
};
