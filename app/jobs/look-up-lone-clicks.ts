import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { lookUpLoneClicks } from "#app/core/simulation/look-up-lone-clicks.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const lookUpLoneClicksJob = defineJob({
  name: "look-up-lone-clicks",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    after: z
      .object({ orderId: z.string().refine(isOrderId), placedAt: z.iso.datetime() })
      .nullable(),
    attempts: z.int().optional(),
    since: z.iso.datetime().optional(),
  }),
  run: lookUpLoneClicks,
});
