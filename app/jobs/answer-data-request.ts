import { z } from "zod";
import { isOrderId } from "#app/core/ids.ts";
import { answerDataRequest } from "#app/core/privacy/answer-data-request.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const answerDataRequestJob = defineJob({
  name: "answer-data-request",
  concurrency: 1,
  payload: z.object({
    shop: shopDomain,
    deliveryId: rowId,
    orderIds: z.array(z.string().refine(isOrderId)),
  }),
  run: answerDataRequest,
});
