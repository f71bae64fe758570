import { eraseShop } from "#app/core/shops/leave-shop.ts";
import { defineJob } from "./define-job.ts";
import { shopNotice } from "./shop-notice.ts";

export const eraseShopJob = defineJob({
  name: "erase-shop",
  concurrency: 1,
  payload: shopNotice,
  run: eraseShop,
});
