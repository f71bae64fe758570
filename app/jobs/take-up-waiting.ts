import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { takeUpWaiting } from "#app/core/program/take-up-waiting.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const takeUpWaitingJob = defineJob({
  name: "take-up-waiting",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    // Jobs stored before there was a second reason name none.
    reason: z.enum(["not-connected", "not-paid"]).default("not-connected"),
    after: z.string().refine(isOrderId).nullable(),
  }),
  run: takeUpWaiting,
});
