import { z } from "zod";
import { takeOverCodes } from "#app/core/codes/take-over-codes.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const takeOverCodesJob = defineJob({
  name: "take-over-codes",
  concurrency: 2,
  payload: z.object({
    shop: shopDomain,
    programId: z.string(),
    page: z.int().positive(),
    codes: z.int().nonnegative(),
    attempts: z.int().nonnegative().optional(),
  }),
  run: takeOverCodes,
});
