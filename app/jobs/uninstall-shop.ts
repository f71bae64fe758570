import { uninstallShop } from "#app/core/shops/leave-shop.ts";
import { defineJob } from "./define-job.ts";
import { shopNotice } from "./shop-notice.ts";

export const uninstallShopJob = defineJob({
  name: "uninstall-shop",
  concurrency: 1,
  payload: shopNotice,
  run: uninstallShop,
});
