import { z } from "zod";
import { sendConversion } from "#app/core/conversions/send-conversion.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const sendConversionJob = defineJob({
  name: "send-conversion",
  concurrency: 4,
  payload: z.object({ shop: shopDomain, conversionId: rowId }),
  run: sendConversion,
});
