import { z } from "zod";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const makeCodesJob = defineJob({
  name: "make-codes",
  concurrency: 4,
  // They would only share its points: several batches of a shop take turns instead.
  ofOneShop: 1,
  payload: z.object({ shop: shopDomain, batchId: rowId }),
  run: makeCodes,
});
