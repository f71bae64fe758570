import type { ShopStore } from "#app/core/ports/store.ts";
import type { Db } from "../prisma-client.ts";

export function createShopStore(db: Db): ShopStore {
  return {
    async find(shop) {
      const row = await db.shop.findFirst({ where: { domain: shop, uninstalledAt: null } });
      return row && { name: row.name, currency: row.currency, timeZone: row.timeZone };
    },
    async save(shop, details, now) {
      await db.shop.upsert({
        where: { domain: shop },
        create: { domain: shop, ...details, installedAt: now },
        update: { ...details, installedAt: now, uninstalledAt: null },
      });
    },
    async uninstall(shop, now) {
      await db.session.deleteMany({ where: { shop } });
      await db.shop.updateMany({ where: { domain: shop }, data: { uninstalledAt: now } });
    },
    async erase(shop) {
      const where = { shop };
      await db.session.deleteMany({ where });
      await db.submission.deleteMany({ where });
      await db.conversion.deleteMany({ where });
      await db.attribution.deleteMany({ where });
      await db.order.deleteMany({ where });
      await db.delivery.deleteMany({ where });
      // Codes, assignments and batches go with their discounts.
      await db.discount.deleteMany({ where });
      await db.partner.deleteMany({ where });
      await db.partnerSync.deleteMany({ where });
      await db.program.deleteMany({ where });
      await db.impactAccount.deleteMany({ where });
      await db.shop.deleteMany({ where: { domain: shop } });
    },
  };
}
