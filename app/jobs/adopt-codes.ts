import { z } from "zod";
import { adoptCodes } from "#app/core/adopting/adopt-codes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const adoptCodesJob = defineJob({
  name: "adopt-codes",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, batchId: rowId }),
  run: adoptCodes,
});
