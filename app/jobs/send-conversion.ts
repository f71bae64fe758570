import { z } from "zod";
import { sendConversion, sendConversions } from "#app/core/conversions/send-conversion.ts";
import { defineBulkJob, rowId, shopDomain } from "./define-job.ts";

export const sendConversionJob = defineBulkJob({
  name: "send-conversion",
  concurrency: 3,
  // As many as Shopify is asked about in one call.
  batchSize: 40,
  payload: z.object({ shop: shopDomain, conversionId: rowId }),
  run: sendConversion,
  runMany: (ports, shop, payloads) =>
    sendConversions(ports, {
      shop,
      conversionIds: payloads.map(({ conversionId }) => conversionId),
    }),
});
