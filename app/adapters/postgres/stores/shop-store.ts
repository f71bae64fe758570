import type { ShopStore } from "#app/core/ports/shop-stores.ts";
import {
  DEFAULT_REPORT_SETTINGS,
  type AmountBasis,
  type ReportWhen,
} from "#app/core/shops/report-settings.ts";
import type { Db } from "../prisma-client.ts";
import type { RawSql } from "../raw-sql.ts";
import { eraseShopRows } from "./erase-shop-rows.ts";

/** What every order asks of its shop. */
export function createShopReads(sql: RawSql): Pick<ShopStore, "hold" | "reportSettings"> {
  return {
    async reportSettings(shop) {
      const [row] = await sql.$queryRaw<{ reportWhen: ReportWhen; amountBasis: AmountBasis }[]>`
        SELECT "reportWhen", "amountBasis" FROM "Shop" WHERE "domain" = ${shop}`;
      return row ?? DEFAULT_REPORT_SETTINGS;
    },
    async hold(shop) {
      const rows = await sql.$queryRaw<unknown[]>`
        SELECT 1 FROM "Shop" WHERE "domain" = ${shop} FOR KEY SHARE`;
      return rows.length > 0;
    },
  };
}

/** Every page asks for it: too often to write each time. */
const NOTED_EVERY_MS = 10_000;

export function createShopStore(db: Db, sql: RawSql): ShopStore {
  return {
    ...createShopReads(sql),
    async find(shop) {
      const row = await db.shop.findFirst({ where: { domain: shop, uninstalledAt: null } });
      if (!row) return null;
      const { name, currency, timeZone, host } = row;
      return { name, currency, timeZone, host: host ?? shop };
    },
    async save(shop, details, now) {
      await db.shop.upsert({
        where: { domain: shop },
        create: { domain: shop, ...details, installedAt: now },
        update: { ...details, installedAt: now, uninstalledAt: null },
      });
    },
    async saveDetails(shop, details) {
      await db.shop.updateMany({ where: { domain: shop, uninstalledAt: null }, data: details });
    },
    async noteOpened(shop, at) {
      await sql.$queryRaw`
        UPDATE "Shop" SET "openedAt" = ${at} WHERE "domain" = ${shop}
          AND ("openedAt" IS NULL OR "openedAt" <= ${new Date(at.getTime() - NOTED_EVERY_MS)})`;
    },
    async findOpened(shop) {
      const row = await db.shop.findUnique({ where: { domain: shop } });
      return row?.openedAt ?? null;
    },
    async saveReportSettings(shop, { reportWhen, amountBasis }) {
      await db.shop.updateMany({ where: { domain: shop }, data: { reportWhen, amountBasis } });
    },
    async findScopes(shop) {
      const session = await db.session.findFirst({ where: { shop, isOnline: false } });
      return session && (session.scope ?? "").split(",");
    },
    async saveScopes(shop, scopes) {
      const data = { scope: scopes.join(",") };
      await db.session.updateMany({ where: { shop, isOnline: false }, data });
    },
    async uninstall(shop, now) {
      await db.session.deleteMany({ where: { shop } });
      await db.shop.updateMany({ where: { domain: shop }, data: { uninstalledAt: now } });
    },
    erase: (shop, { but }) => eraseShopRows(db, shop, but),
  };
}
