import { z } from "zod";
import { attributeLate } from "#app/core/codes/attribute-late.ts";
import { isOrderId } from "#app/core/ids.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const attributeLateJob = defineJob({
  name: "attribute-late",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    codeId: rowId,
    after: z.string().refine(isOrderId).nullable(),
  }),
  run: attributeLate,
});
