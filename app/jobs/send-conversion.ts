import { z } from "zod";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { SENT_TOGETHER } from "#app/core/conversions/send-jobs.ts";
import { defineListJob, rowId, shopDomain } from "./define-job.ts";

export const sendConversionJob = defineListJob({
  name: "send-conversion",
  concurrency: 3,
  // While orders come one by one, each job names one conversion: such jobs are sent together.
  batchSize: 25,
  // More than that would have begun and not ended where a worker dies.
  listSize: 3 * SENT_TOGETHER,
  payload: z.union([
    z.object({ shop: shopDomain, conversionIds: z.array(rowId) }),
    // Jobs stored before conversions shared one.
    z
      .object({ shop: shopDomain, conversionId: rowId })
      .transform(({ shop, conversionId }) => ({ shop, conversionIds: [conversionId] })),
  ]),
  idsOf: ({ conversionIds }) => conversionIds,
  runMany: (ports, { shop, ids: conversionIds }) => sendConversions(ports, { shop, conversionIds }),
});
