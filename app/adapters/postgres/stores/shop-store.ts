import type { ShopStore } from "#app/core/ports.ts";
import type { Db } from "../prisma-client.ts";

export function createShopStore(db: Db): ShopStore {
  return {
    async find(shop) {
      const row = await db.shop.findUnique({ where: { domain: shop } });
      return row && { name: row.name, currency: row.currency, timeZone: row.timeZone };
    },
    async save(shop, details, now) {
      await db.shop.upsert({
        where: { domain: shop },
        create: { domain: shop, ...details, installedAt: now },
        update: { ...details, uninstalledAt: null },
      });
    },
  };
}
