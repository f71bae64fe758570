import { Prisma, type Discount as DiscountRow } from "@prisma/client";
import type { SeenCodeStore, WatchedDiscount } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";
import { termsColumns, toDiscount } from "./discount-columns.ts";
import { IS_CHANGING, IS_REMOVING } from "./is-changing.ts";

type WatchedDiscounts = Pick<
  SeenCodeStore,
  | "listDiscounts"
  | "findDiscount"
  | "saveDiscount"
  | "saveDeleted"
  | "noteDeactivatedHere"
  | "claimLook"
  | "beginLook"
  | "countLive"
>;

interface LiveRow {
  live: bigint;
  among: bigint;
  isBusy: boolean;
  isBusyThere: boolean;
}

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
      const seen = { ...termsColumns(terms), deactivatedAt, plannedEndsAt, deletedAt: null };
      const data = { ...seen, ...(deactivatedAt === null && { isDeactivatedHere: false }) };
      await db.discount.updateMany({ where: { shop, id: discountId }, data });
    },

    async noteDeactivatedHere(shop, discountId) {
      const where = { shop, id: discountId, deactivatedAt: { not: null } };
      await db.discount.updateMany({ where, data: { isDeactivatedHere: true } });
    },

    async claimLook(shop, discountId, { at, now }) {
      const lost = new Date(now.getTime() - LOST_MS);
      const isFree = { OR: [{ lookAt: null }, { lookAt: { lt: lost } }] };
      const where = { shop, id: discountId, ...isFree };
      const { count } = await db.discount.updateMany({ where, data: { lookAt: at } });
      return count > 0;
    },

    async beginLook(shop, discountId) {
      await db.discount.updateMany({ where: { shop, id: discountId }, data: { lookAt: null } });
    },

    async saveDeleted(shop, discountId, now) {
      await db.discount.updateMany({ where: { shop, id: discountId }, data: { deletedAt: now } });
    },

    async countLive(shop, discountId, those) {
      const changing = (stages: Prisma.Sql) => Prisma.sql`
        EXISTS (SELECT FROM "Change" change JOIN "Code" other ON other."id" = change."codeId"
                WHERE change."shop" = ${shop} AND other."discountId" = ${discountId}::uuid
                  AND ${stages})`;
      const making = Prisma.sql`
          EXISTS (SELECT FROM "Batch" batch
                  WHERE batch."shop" = ${shop} AND batch."discountId" = ${discountId}::uuid
                    AND batch."state" IN ('running', 'cancelling')
                    -- One that waits for its start may wait for weeks.
                    AND (batch."startsAt" IS NULL OR EXISTS (
                      SELECT FROM "BatchPart" part WHERE part."batchId" = batch."id" AND part."tried")))
          -- Which codes it is about such a one has yet to take in.
          OR EXISTS (SELECT FROM "Batch" batch WHERE batch."shop" = ${shop} AND batch."state" = 'running'
                     AND batch."change" ->> 'isTaken' = 'false')`;
      const [row] = await db.$queryRaw<LiveRow[]>`
        SELECT count(*) AS "live",
          count(*) FILTER (WHERE "code" = ANY(${[...those]}::text[])) AS "among",
          ${making} OR ${changing(IS_CHANGING)} AS "isBusy",
          ${making} OR ${changing(IS_REMOVING)} AS "isBusyThere"
        FROM "Code" WHERE "shop" = ${shop} AND "discountId" = ${discountId}::uuid
          AND "shopifyState" = 'live'`;
      const { isBusy = false, isBusyThere = false } = row ?? {};
      return { live: Number(row?.live ?? 0), among: Number(row?.among ?? 0), isBusy, isBusyThere };
    },
  };
}

/** A look that is so late has lost its job. */
const LOST_MS = 3_600_000;

function toWatched(row: DiscountRow): WatchedDiscount[] {
  const { shopifyId } = row;
  return shopifyId === null ? [] : [{ ...toDiscount(row), shopifyId }];
}
