import type { ShopDomain } from "#app/core/ids.ts";
import type { JobName, JobPayloads } from "#app/core/ports/queue.ts";
import type { Theirs } from "#test/core/given/theirs.ts";
import { PROGRAM_ID } from "#test/support/world.ts";

type JobCases = { [Name in JobName]: (shop: ShopDomain, theirs: Theirs) => JobPayloads[Name] };

/** One line for each job: another shop's payload with these ids in it. A new job must have one. */
export const JOB_CASES: JobCases = {
  "process-delivery": (shop, { deliveryId }) => ({ shop, deliveryIds: [deliveryId] }),
  "process-order": (shop, { orderId }) => ({ shop, orderId }),
  "join-click": (shop, { orderId }) => ({ shop, orderId }),
  "look-up-click": (shop, { orderId }) => ({ shop, orderId }),
  "look-up-lone-clicks": (shop, { orderId }) => ({
    ...{ shop, after: { orderId, placedAt: "2100-01-01T00:00:00.000Z" } },
  }),
  "send-conversion": (shop, { conversionId }) => ({ shop, conversionIds: [conversionId] }),
  "send-adjustment": (shop, { adjustmentId }) => ({ shop, adjustmentId }),
  "fetch-order": (shop, { orderId }) => ({ shop, orderId }),
  "reconcile-orders": (shop, { runId }) => ({ shop, runId }),
  "reconcile-actions": (shop, { runId }) => ({ shop, runId }),
  "reconcile-codes": (shop, { runId }) => ({ shop, runId }),
  "look-at-discount": (shop, { deliveryId, discountShopifyId: shopifyId }) => ({
    ...{ shop, deliveryId, shopifyId },
  }),
  "repair-differences": (shop) => ({
    ...{ shop, kind: "only-at-impact", repair: "end-at-impact", after: null },
  }),
  "plan-reconciliations": () => ({}),
  "refresh-shop": (shop, { deliveryId }) => ({ shop, deliveryId }),
  "check-submission": (shop, { submissionId }) => ({ shop, submissionIds: [submissionId] }),
  "register-code": (shop, { codeId }) => ({ shop, codeId }),
  "register-codes": (shop, { codeId }) => ({ shop, codeIds: [codeId] }),
  "register-families": (shop, { familyId }) => ({ shop, familyIds: [familyId] }),
  "take-over-codes": (shop) => ({ shop, programId: PROGRAM_ID, page: 1, codes: 1 }),
  "make-codes": (shop, { batchId }) => ({ shop, batchId }),
  "change-codes": (shop, { changeBatchId }) => ({ shop, batchId: changeBatchId }),
  "read-adoption": (shop, { adoptionId }) => ({ shop, adoptionId }),
  "adopt-codes": (shop, { adoptBatchId }) => ({ shop, batchId: adoptBatchId }),
  "retire-ended": (shop) => ({ shop }),
  "look-for-file": (shop, { fileId, lookId }) => ({ shop, fileId, lookId, page: 1 }),
  "take-back-file": (shop, { fileId }) => ({ shop, fileId }),
  "sync-partners": (shop) => ({ shop }),
  "take-up-waiting": (shop) => ({ shop, reason: "not-connected", after: null }),
  "retry-orders": (shop) => ({ shop, reason: null, after: null }),
  "attribute-late": (shop, { codeId }) => ({ shop, codeId, after: null }),
  "attribute-adopted": (shop, { adoptionId }) => ({ shop, adoptionId }),
  "redact-orders": (shop, { deliveryId, orderId }) => ({ shop, deliveryId, orderIds: [orderId] }),
  "answer-data-request": (shop, { deliveryId, orderId }) => ({
    ...{ shop, deliveryId },
    orderIds: [orderId],
  }),
  "follow-scopes": (shop, { deliveryId }) => ({ shop, deliveryId, scopes: ["read_orders"] }),
  "uninstall-shop": (shop, { deliveryId }) => ({ shop, deliveryId }),
  "erase-shop": (shop, { deliveryId }) => ({ shop, deliveryId }),
};

/** For every shop by design: it may start each shop's own runs, and changes nothing else. */
export const FOR_ALL_SHOPS: JobName[] = ["plan-reconciliations"];
