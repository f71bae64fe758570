import type { ShopDomain } from "#app/core/ids.ts";
import type {
  AdoptionStore,
  ReadDiscount,
  ReadDiscounts,
} from "#app/core/ports/adoption-stores.ts";
import type { Db } from "../prisma-client.ts";
import { adoptDiscount } from "./discount-store.ts";

type AdoptionDiscounts = Pick<
  AdoptionStore,
  | "addDiscounts"
  | "listDiscounts"
  | "findDiscount"
  | "nextUnread"
  | "saveRead"
  | "listUnstored"
  | "storeDiscount"
  | "refuseDiscount"
  | "countManaged"
>;

/** Discounts of Shopify while their codes are read and adopted. */
export function createAdoptionDiscounts(db: Db): AdoptionDiscounts {
  return {
    async addDiscounts(shop, adoptionId, discounts) {
      await db.adoptionDiscount.createMany({
        data: discounts.map(({ shopifyId, title, codesCount, isRead }) => ({
          ...{ adoptionId, shop, shopifyId, title, codesCount, isRead },
        })),
        skipDuplicates: true,
      });
    },

    listDiscounts: (...asked) => listDiscounts(db, ...asked),

    async findDiscount(shop, adoptionId, shopifyId) {
      return db.adoptionDiscount.findFirst({ where: { shop, adoptionId, shopifyId } });
    },

    async nextUnread(shop, adoptionId) {
      const where = { shop, adoptionId, isRead: false };
      return db.adoptionDiscount.findFirst({ where, orderBy: { shopifyId: "asc" } });
    },

    async saveRead(shop, adoptionId, { shopifyId, codesCount, isRead }) {
      const where = { shop, adoptionId, shopifyId };
      await db.adoptionDiscount.updateMany({ where, data: { codesCount, isRead } });
    },

    async listUnstored(shop, adoptionId, limit) {
      const rows = await db.$queryRaw<{ shopifyId: string }[]>`
        SELECT picked."shopifyId" FROM "AdoptionDiscount" picked
        WHERE picked."shop" = ${shop} AND picked."adoptionId" = ${adoptionId}::uuid
          AND NOT EXISTS (SELECT FROM "Discount" ours
                          WHERE ours."shop" = picked."shop" AND ours."shopifyId" = picked."shopifyId")
          AND EXISTS (SELECT FROM "AdoptionCode" code
                      WHERE code."adoptionId" = picked."adoptionId" AND code."shop" = picked."shop"
                        AND code."shopifyId" = picked."shopifyId" AND NOT code."isTaken"
                        AND code."verdict" <> 'managed')
        ORDER BY picked."shopifyId" LIMIT ${limit}`;
      return rows.map(({ shopifyId }) => shopifyId);
    },

    async storeDiscount(shop, found, now) {
      await adoptDiscount(db, shop, found, now);
    },

    async refuseDiscount(shop, adoptionId, shopifyId, problem) {
      await db.adoptionCode.updateMany({
        where: { shop, adoptionId, shopifyId, isTaken: false },
        data: { verdict: "refused", partnerId: null, because: null, problem, isTaken: true },
      });
    },

    async countManaged(shop, shopifyIds) {
      const rows = await db.$queryRaw<{ shopifyId: string; codes: bigint }[]>`
        SELECT discount."shopifyId", count(*) AS "codes"
        FROM "Discount" discount
        JOIN "Code" code ON code."shop" = discount."shop" AND code."discountId" = discount."id"
        WHERE discount."shop" = ${shop} AND discount."shopifyId" = ANY(${[...shopifyIds]}::text[])
          AND code."shopifyState" = 'live'
        GROUP BY discount."shopifyId"`;
      return new Map(rows.map(({ shopifyId, codes }) => [shopifyId, Number(codes)]));
    },
  };
}

const MOST_SHORT = 5;

async function listDiscounts(db: Db, shop: ShopDomain, adoptionId: string): Promise<ReadDiscounts> {
  const rows = await db.$queryRaw<(Omit<ReadDiscount, "listed"> & { listed: bigint })[]>`
    SELECT picked."shopifyId", picked."title", picked."codesCount", picked."isRead",
           COALESCE(found."listed", 0) AS "listed"
    FROM "AdoptionDiscount" picked
    LEFT JOIN (SELECT "shopifyId", count(*) AS "listed" FROM "AdoptionCode"
               WHERE "shop" = ${shop} AND "adoptionId" = ${adoptionId}::uuid
               GROUP BY "shopifyId") found USING ("shopifyId")
    WHERE picked."shop" = ${shop} AND picked."adoptionId" = ${adoptionId}::uuid
    ORDER BY picked."codesCount" DESC, picked."shopifyId"`;
  const all = rows.map((row): ReadDiscount => ({ ...row, listed: Number(row.listed) }));
  const short = all.filter(({ isRead, listed, codesCount }) => isRead && listed < codesCount);
  return {
    all: all.length,
    title: all[0]?.title ?? null,
    codesCount: all.reduce((sum, { codesCount }) => sum + codesCount, 0),
    listed: all.reduce((sum, { listed }) => sum + listed, 0),
    short: short.slice(0, MOST_SHORT),
  };
}
