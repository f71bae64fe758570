import type { Discount as DiscountRow } from "@prisma/client";
import { isRowId } from "#app/core/ids.ts";
import type { SeenCodeStore, WatchedDiscount } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";
import { termsColumns, toDiscount } from "./discount-columns.ts";
import { IS_CHANGING } from "./is-changing.ts";

type WatchedDiscounts = Pick<
  SeenCodeStore,
  | "listDiscounts"
  | "findDiscount"
  | "saveDiscount"
  | "saveDeleted"
  | "countLive"
  | "findRegisteredBatch"
>;

/** Our discounts as they are watched in Shopify. */
export function createWatchedDiscounts(db: Db): WatchedDiscounts {
  return {
    async listDiscounts(shop, { after, only, limit }) {
      const rows = await db.discount.findMany({
        where: {
          shop,
          shopifyId: { not: null },
          AND: [after ? { id: { gt: after } } : {}, only ? { id: only } : {}],
        },
        orderBy: { id: "asc" },
        take: limit,
      });
      return rows.flatMap(toWatched);
    },

    async findDiscount(shop, shopifyId) {
      // Webhooks may name the node by another type than the Admin API does.
      const number = shopifyId.split("/").at(-1) ?? "";
      const names = [shopifyId, `gid://shopify/DiscountCodeNode/${number}`];
      const row = await db.discount.findFirst({ where: { shop, shopifyId: { in: names } } });
      return (row && toWatched(row)[0]) ?? null;
    },

    async saveDiscount(shop, discountId, { terms, deactivatedAt, plannedEndsAt }) {
      const data = { ...termsColumns(terms), deactivatedAt, plannedEndsAt, deletedAt: null };
      await db.discount.updateMany({ where: { shop, id: discountId }, data });
    },

    async saveDeleted(shop, discountId, now) {
      await db.discount.updateMany({ where: { shop, id: discountId }, data: { deletedAt: now } });
    },

    async countLive(shop, discountId) {
      const [row] = await db.$queryRaw<{ live: bigint; isBusy: boolean }[]>`
        SELECT count(*) AS "live",
          EXISTS (SELECT FROM "Batch" batch
                  WHERE batch."shop" = ${shop} AND batch."discountId" = ${discountId}::uuid
                    AND batch."state" IN ('running', 'cancelling')
                    -- One that waits for its start may wait for weeks.
                    AND (batch."startsAt" IS NULL OR EXISTS (
                      SELECT FROM "BatchPart" part WHERE part."batchId" = batch."id" AND part."tried")))
          OR EXISTS (SELECT FROM "Change" change JOIN "Code" other ON other."id" = change."codeId"
                     WHERE change."shop" = ${shop} AND other."discountId" = ${discountId}::uuid
                       AND ${IS_CHANGING}) AS "isBusy"
        FROM "Code" WHERE "shop" = ${shop} AND "discountId" = ${discountId}::uuid
          AND "shopifyState" = 'live'`;
      return { live: Number(row?.live ?? 0), isBusy: row?.isBusy ?? false };
    },

    async findRegisteredBatch(shop, codeId, atLeast) {
      if (!isRowId(codeId)) return null;
      const [row] = await db.$queryRaw<{ id: string }[]>`
        SELECT batch."id"
        FROM "Code" code JOIN "Batch" batch ON batch."id" = code."batchId"
        WHERE code."shop" = ${shop} AND code."id" = ${codeId}::uuid AND batch."codes" >= ${atLeast}
          AND NOT EXISTS (
            SELECT FROM "Code" other WHERE other."batchId" = batch."id" AND other."shop" = ${shop}
              AND (other."shopifyState" = 'planned'
                   OR (other."shopifyState" = 'live' AND other."impactState" = 'planned')))`;
      return row?.id ?? null;
    },
  };
}

function toWatched(row: DiscountRow): WatchedDiscount[] {
  const { shopifyId } = row;
  return shopifyId === null ? [] : [{ ...toDiscount(row), shopifyId }];
}
