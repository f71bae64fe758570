import { z } from "zod";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const changeCodesJob = defineJob({
  name: "change-codes",
  concurrency: 4,
  ofOneShop: 1,
  payload: z.object({ shop: shopDomain, batchId: rowId }),
  run: changeCodes,
});
