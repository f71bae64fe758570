import { z } from "zod";
import { eraseShop } from "#app/core/shops/leave-shop.ts";
import { defineJob, rowId, shopDomain } from "./define-job.ts";

export const eraseShopJob = defineJob({
  name: "erase-shop",
  concurrency: 1,
  payload: z.object({ shop: shopDomain, deliveryId: rowId }),
  run: eraseShop,
});
