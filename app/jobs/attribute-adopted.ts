import { z } from "zod";
import { attributeAdopted } from "#app/core/adopting/attribute-used.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const attributeAdoptedJob = defineJob({
  name: "attribute-adopted",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, adoptionId: rowId }),
  run: attributeAdopted,
});
