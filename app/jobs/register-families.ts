import { z } from "zod";
import { registerFamilies } from "#app/core/codes/families/register-families.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const registerFamiliesJob = defineJob({
  name: "register-families",
  concurrency: 2,
  payload: z.object({
    shop: shopDomain,
    familyIds: z.array(rowId),
    done: z.array(rowId).optional(),
    turn: z.int().min(0).optional(),
  }),
  run: registerFamilies,
});
