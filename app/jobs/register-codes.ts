import { z } from "zod";
import { registerCodes } from "#app/core/codes/register-codes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const registerCodesJob = defineJob({
  name: "register-codes",
  concurrency: 2,
  payload: z.object({
    shop: shopDomain,
    codeIds: z.array(rowId),
    done: z.array(rowId).optional(),
    turn: z.int().min(0).optional(),
  }),
  run: registerCodes,
});
