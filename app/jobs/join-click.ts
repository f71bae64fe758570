import { z } from "zod";
import { joinClick } from "#app/core/clicks/join-click.ts";
import { isOrderId } from "#app/core/ids.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const joinClickJob = defineJob({
  name: "join-click",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, orderId: z.string().refine(isOrderId) }),
  run: joinClick,
});
