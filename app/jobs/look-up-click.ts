import { z } from "zod";
import { lookUpClick } from "#app/core/clicks/look-up-click.ts";
import { isOrderId } from "#app/core/ids.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const lookUpClickJob = defineJob({
  name: "look-up-click",
  concurrency: 3,
  payload: z.object({
    shop: shopDomain,
    orderId: z.string().refine(isOrderId),
    attempts: z.int().optional(),
    since: z.iso.datetime().optional(),
  }),
  run: lookUpClick,
});
