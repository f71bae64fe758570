import { z } from "zod";
import { lookForFile } from "#app/core/registration-files/look-for-file.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const lookForFileJob = defineJob({
  name: "look-for-file",
  concurrency: 2,
  payload: z.object({
    ...{ shop: shopDomain, fileId: rowId, lookId: rowId, page: z.int().positive() },
    attempts: z.int().nonnegative().optional(),
  }),
  run: lookForFile,
});
