import { z } from "zod";
import { takeBackFile } from "#app/core/registration-files/take-back-file.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const takeBackFileJob = defineJob({
  name: "take-back-file",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, fileId: rowId, turn: z.int().min(0).optional() }),
  run: takeBackFile,
});
