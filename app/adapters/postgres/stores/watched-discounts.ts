import type { Discount as DiscountRow } from "@prisma/client";
import type { SeenCodeStore, WatchedDiscount } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";
import { termsColumns, toDiscount } from "./discount-columns.ts";
import { IS_CHANGING } from "./is-changing.ts";

type WatchedDiscounts = Pick<
  SeenCodeStore,
  "listDiscounts" | "findDiscount" | "saveDiscount" | "saveDeleted" | "countLive"
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

    async countLive(shop, discountId, those) {
      const [row] = await db.$queryRaw<{ live: bigint; among: bigint; isBusy: boolean }[]>`
        SELECT count(*) AS "live",
          count(*) FILTER (WHERE "code" = ANY(${[...those]}::text[])) AS "among",
          EXISTS (SELECT FROM "Batch" batch
                  WHERE batch."shop" = ${shop} AND batch."discountId" = ${discountId}::uuid
                    AND batch."state" IN ('running', 'cancelling')
                    -- One that waits for its start may wait for weeks.
                    AND (batch."startsAt" IS NULL OR EXISTS (
                      SELECT FROM "BatchPart" part WHERE part."batchId" = batch."id" AND part."tried")))
          OR EXISTS (SELECT FROM "Change" change JOIN "Code" other ON other."id" = change."codeId"
                     WHERE change."shop" = ${shop} AND other."discountId" = ${discountId}::uuid
                       AND ${IS_CHANGING})
          -- Which codes it is about it has yet to take in.
          OR EXISTS (SELECT FROM "Batch" batch WHERE batch."shop" = ${shop} AND batch."state" = 'running'
                     AND batch."change" ->> 'isTaken' = 'false') AS "isBusy"
        FROM "Code" WHERE "shop" = ${shop} AND "discountId" = ${discountId}::uuid
          AND "shopifyState" = 'live'`;
      const { live, among, isBusy } = row ?? { live: 0, among: 0, isBusy: false };
      return { live: Number(live), among: Number(among), isBusy };
    },
  };
}

function toWatched(row: DiscountRow): WatchedDiscount[] {
  const { shopifyId } = row;
  return shopifyId === null ? [] : [{ ...toDiscount(row), shopifyId }];
}
