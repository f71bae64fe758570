import { z } from "zod";
import { retireEnded } from "#app/core/codes/retire-ended.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const retireEndedJob = defineJob({
  name: "retire-ended",
  concurrency: 2,
  payload: z.object({ shop: shopDomain }),
  run: retireEnded,
});
