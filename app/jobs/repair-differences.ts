import { z } from "zod";
import { DIFFERENCE_KINDS } from "#app/core/code-differences/code-difference.ts";
import { repairDifferences } from "#app/core/code-differences/repair-all.ts";
import { REPAIRS } from "#app/core/code-differences/repairs.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const repairDifferencesJob = defineJob({
  name: "repair-differences",
  concurrency: 2,
  payload: z.object({
    shop: shopDomain,
    kind: z.enum(DIFFERENCE_KINDS),
    repair: z.enum(REPAIRS),
    after: z.string().nullable(),
    trial: z.union([z.literal("passed"), z.object({ codeId: z.string() })]).optional(),
    only: z.string().optional(),
  }),
  run: repairDifferences,
});
