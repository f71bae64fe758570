import { z } from "zod";
import { followScopes } from "#app/core/shops/follow-scopes.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const followScopesJob = defineJob({
  name: "follow-scopes",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, deliveryId: rowId, scopes: z.array(z.string()) }),
  run: followScopes,
});
