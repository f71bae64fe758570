import { z } from "zod";
import { uninstallShop } from "#app/core/shops/leave-shop.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const uninstallShopJob = defineJob({
  name: "uninstall-shop",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, deliveryId: rowId }),
  run: uninstallShop,
});
