import { refreshShop } from "#app/core/shops/refresh-shop.ts";
import { defineJob } from "./define-job.ts";
import { shopNotice } from "./shop-notice.ts";

export const refreshShopJob = defineJob({
  name: "refresh-shop",
  concurrency: 1,
  payload: shopNotice,
  run: refreshShop,
});
