import type { JobName } from "#app/core/ports/queue.ts";
import { adoptCodesJob } from "./adopt-codes.ts";
import { answerDataRequestJob } from "./answer-data-request.ts";
import { attributeAdoptedJob } from "./attribute-adopted.ts";
import { attributeLateJob } from "./attribute-late.ts";
import { checkSubmissionJob } from "./check-submission.ts";
import { changeCodesJob } from "./change-codes.ts";
import type { Job } from "./define-job.ts";
import { eraseShopJob } from "./erase-shop.ts";
import { fetchOrderJob } from "./fetch-order.ts";
import { followScopesJob } from "./follow-scopes.ts";
import { makeCodesJob } from "./make-codes.ts";
import { planReconciliationsJob } from "./plan-reconciliations.ts";
import { processDeliveryJob } from "./process-delivery.ts";
import { joinClickJob } from "./join-click.ts";
import { lookUpClickJob } from "./look-up-click.ts";
import { lookUpLoneClicksJob } from "./look-up-lone-clicks.ts";
import { processOrderJob } from "./process-order.ts";
import { lookForFileJob } from "./look-for-file.ts";
import { takeBackFileJob } from "./take-back-file.ts";
import { takeOverCodesJob } from "./take-over-codes.ts";
import { lookAtDiscountJob } from "./look-at-discount.ts";
import { readAdoptionJob } from "./read-adoption.ts";
import { reconcileCodesJob } from "./reconcile-codes.ts";
import { repairDifferencesJob } from "./repair-differences.ts";
import { reconcileActionsJob } from "./reconcile-actions.ts";
import { reconcileOrdersJob } from "./reconcile-orders.ts";
import { redactOrdersJob } from "./redact-orders.ts";
import { refreshShopJob } from "./refresh-shop.ts";
import { registerCodeJob } from "./register-code.ts";
import { registerCodesJob } from "./register-codes.ts";
import { registerFamiliesJob } from "./register-families.ts";
import { retireEndedJob } from "./retire-ended.ts";
import { sendAdjustmentJob } from "./send-adjustment.ts";
import { retryOrdersJob } from "./retry-orders.ts";
import { sendConversionJob } from "./send-conversion.ts";
import { syncPartnersJob } from "./sync-partners.ts";
import { takeUpWaitingJob } from "./take-up-waiting.ts";
import { uninstallShopJob } from "./uninstall-shop.ts";

/** Every job there is: a name without a handler does not compile. */
export const jobs: Record<JobName, Job> = {
  "process-delivery": processDeliveryJob,
  "process-order": processOrderJob,
  "join-click": joinClickJob,
  "look-up-click": lookUpClickJob,
  "look-up-lone-clicks": lookUpLoneClicksJob,
  "send-conversion": sendConversionJob,
  "send-adjustment": sendAdjustmentJob,
  "fetch-order": fetchOrderJob,
  "reconcile-orders": reconcileOrdersJob,
  "reconcile-actions": reconcileActionsJob,
  "reconcile-codes": reconcileCodesJob,
  "look-at-discount": lookAtDiscountJob,
  "repair-differences": repairDifferencesJob,
  "plan-reconciliations": planReconciliationsJob,
  "check-submission": checkSubmissionJob,
  "make-codes": makeCodesJob,
  "change-codes": changeCodesJob,
  "read-adoption": readAdoptionJob,
  "adopt-codes": adoptCodesJob,
  "register-code": registerCodeJob,
  "register-codes": registerCodesJob,
  "register-families": registerFamiliesJob,
  "retire-ended": retireEndedJob,
  "look-for-file": lookForFileJob,
  "take-back-file": takeBackFileJob,
  "take-over-codes": takeOverCodesJob,
  "sync-partners": syncPartnersJob,
  "take-up-waiting": takeUpWaitingJob,
  "retry-orders": retryOrdersJob,
  "attribute-late": attributeLateJob,
  "attribute-adopted": attributeAdoptedJob,
  "redact-orders": redactOrdersJob,
  "answer-data-request": answerDataRequestJob,
  "refresh-shop": refreshShopJob,
  "follow-scopes": followScopesJob,
  "uninstall-shop": uninstallShopJob,
  "erase-shop": eraseShopJob,
};
