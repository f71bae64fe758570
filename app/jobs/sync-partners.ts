import { z } from "zod";
import { syncPartners } from "#app/core/partners/sync-partners.ts";
import { defineJob, shopDomain } from "./define-job.ts";

export const syncPartnersJob = defineJob({
  name: "sync-partners",
  concurrency: 1,
  payload: z.object({ shop: shopDomain }),
  run: syncPartners,
});
