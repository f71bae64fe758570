import { z } from "zod";
import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import type { DemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import type { ShopTraffic } from "./traffic.ts";
import { untilUp } from "./until-up.ts";

export interface ChaosShop extends ShopTraffic {
  merchant: DemoMerchant;
  /** By upper-cased code. */
  partnerOf: Map<string, string>;
}

const PARTNERS = ["10001", "10002", "10003", "10004", "10005"];
const OTHER_CODE = "WELCOME5";
const COMBINES = { order: true, product: true, shipping: true };
const SETTINGS = { path: "/app/settings", route: "routes/app.settings" };
const settingsPage = z.object({
  reporting: z.object({ chosen: z.record(z.string(), z.string()) }),
});

/**
 * Two shops of two currencies, the second of them taxed and reporting orders only once they are paid, each
 * with a code for every partner and one that is nobody's. Of four seeds two have the tax in the prices.
 */
export async function setUpShops(
  world: DemoWorld,
  appUrl: string,
  seed: number,
): Promise<ChaosShop[]> {
  await untilUp(appUrl);
  const shops: ChaosShop[] = [];
  for (const [index, shop] of [world.shop, world.yenShop].entries()) {
    const codes = PARTNERS.map((id): [string, string] => [id, `CHAOS${index}P${id}`]);
    const discount = { title: "Creators", percentage: "15", codes };
    const { merchant } = await setUpShop(world, shop, discount, () => undefined);
    addDiscount(world.shopifyState, shop, [OTHER_CODE], { combinesWith: COMBINES });
    const reportWhen = index === 1 ? "paid" : "created";
    const { reporting } = await merchant.waitFor(SETTINGS, settingsPage);
    const opened = JSON.stringify(reporting.chosen);
    const settings = { opened, reportWhen, amountBasis: "net" };
    await merchant.submit(SETTINGS, Object.entries(settings));
    shops.push({
      ...{ reportWhen, deleted: [], paidAt: new Map(), untold: new Set() },
      shop,
      merchant,
      partnerCodes: codes.map(([, code]) => code),
      otherCode: OTHER_CODE,
      tax: index === 1 ? { taxRate: 0.1, taxesIncluded: seed % 4 < 2 } : {},
      partnerOf: new Map(codes.map(([id, code]) => [code, id])),
    });
  }
  return shops;
}
