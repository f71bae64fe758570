import { z } from "zod";
import { readFound } from "#app/core/adopting/read-found.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const readAdoptionJob = defineJob({
  name: "read-adoption",
  concurrency: 2,
  payload: z.object({ shop: shopDomain, adoptionId: rowId }),
  run: readFound,
});
