import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import { statusFor, type OrderReason } from "#app/core/orders/order-state.ts";
import type { LedgerStore } from "#app/core/ports/ledger-stores.ts";
import type { OrderVersion } from "#app/core/ports/shopify.ts";
import type { Db } from "../prisma-client.ts";
import { factsToJson } from "./facts-json.ts";

const UNREADABLE = statusFor("unreadable");
const COUNTED_AT_MOST = 10_000;

export function createLedgerStore(db: Db): LedgerStore {
  return {
    async saveUnreadable(shop, facts, { problem, isDated }, now) {
      const { orderId, name, currency, placedAt, updatedAt } = facts;
      const json = JSON.stringify(factsToJson(facts));
      await db.$executeRaw`
        INSERT INTO "Order" AS o ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
          "netMinor", "codes", "state", "reason", "problem", "receivedAt", "stateSince")
        VALUES (${shop}, ${orderId}, ${name}, ${currency}, ${placedAt}, ${updatedAt},
          ${json}::jsonb, 0, '{}', ${UNREADABLE.state}, ${UNREADABLE.reason}, ${problem}, ${now}, ${now})
        ON CONFLICT ("shop", "orderId") DO UPDATE
        SET "placedAt" = EXCLUDED."placedAt", "facts" = EXCLUDED."facts"
        WHERE ${isDated} AND o."updatedAt" = EXCLUDED."updatedAt"`;
    },

    async listKnown(shop, orderIds) {
      const rows = await db.$queryRaw<(OrderVersion & { orderId: string })[]>`
        SELECT o."orderId", o."updatedAt", o."facts"->>'financialStatus' AS "financialStatus",
               COALESCE(o."facts"->>'cancelledAt', '') <> '' AS "isCancelled",
               refunded."refunds", refunded."refundedAt",
               (o."facts"->'current'->>'subtotalMinor')::float8 AS "subtotalMinor"
        FROM "Order" o
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS "refunds", max(r."versionAt") AS "refundedAt" FROM "Refund" r
          WHERE r."shop" = o."shop" AND r."orderId" = o."orderId") AS refunded
        WHERE o."shop" = ${shop} AND o."orderId" = ANY(${orderIds}::text[])
          AND (o."deletedAt" IS NULL OR EXISTS (
            SELECT 1 FROM "Delivery" d WHERE d."shop" = o."shop" AND d."orderId" = o."orderId"
              AND d."topic" = 'orders/delete'))`;
      return new Map(rows.map(({ orderId, ...version }) => [orderId as OrderId, version]));
    },

    async listChangedBetween(shop, { after, afterId, before, placedFrom }, { except, limit }) {
      const rows = await db.$queryRaw<{ orderId: string; updatedAt: Date }[]>`
        SELECT "orderId", "updatedAt" FROM "Order"
        WHERE "shop" = ${shop} AND "updatedAt" >= ${after} AND "updatedAt" < ${before}
          AND ("updatedAt" > ${after} OR "orderId" > ${afterId}::text)
          AND "placedAt" >= ${placedFrom} AND "deletedAt" IS NULL
          AND "orderId" <> ALL(${except}::text[])
        ORDER BY "updatedAt", "orderId" LIMIT ${limit}`;
      return rows.map(({ orderId, updatedAt }) => ({ orderId: orderId as OrderId, updatedAt }));
    },

    async listAskedFor(shop, orderIds) {
      const name = `asked-for/${shop}`;
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
      const rows = await db.$queryRaw<{ orderId: string; isSecondLook: boolean }[]>`
        SELECT data ->> 'orderId' AS "orderId", bool_and(data ->> 'missedAt' IS NOT NULL) AS "isSecondLook"
        FROM pgboss.job
        WHERE name = 'fetch-order' AND group_id = ${shop} AND state IN ('created', 'retry')
          AND data ->> 'orderId' = ANY(${orderIds}::text[])
        GROUP BY 1`;
      return rows.map((row) => ({ ...row, orderId: row.orderId as OrderId }));
    },

    async countByReason(shop, { from, to }) {
      const rows = await db.$queryRaw<{ reason: string; isDeleted: boolean; orders: bigint }[]>`
        SELECT "reason", "deletedAt" IS NOT NULL AS "isDeleted", count(*) AS "orders"
        FROM "Order"
        WHERE "shop" = ${shop} AND "placedAt" >= ${from} AND "placedAt" < ${to}
        GROUP BY 1, 2 ORDER BY 3 DESC, 1`;
      return rows.map(({ reason, isDeleted, orders }) => ({
        reason: reason as OrderReason,
        isDeleted,
        orders: Number(orders),
      }));
    },

    countFetching: (shop) => countAsked(db, shop, { isSecondLook: false }),
    countSecondLooks: (shop) => countAsked(db, shop, { isSecondLook: true }),
  };
}

async function countAsked(
  db: Db,
  shop: ShopDomain,
  { isSecondLook }: { isSecondLook: boolean },
): Promise<number> {
  const [row] = await db.$queryRaw<{ jobs: bigint }[]>`
    SELECT count(*) AS "jobs" FROM (
      SELECT DISTINCT data ->> 'orderId' FROM pgboss.job
      WHERE name = 'fetch-order' AND group_id = ${shop} AND state IN ('created', 'retry', 'active')
        AND (data ->> 'missedAt' IS NOT NULL) = ${isSecondLook}
      LIMIT ${COUNTED_AT_MOST}) AS waiting`;
  return Number(row?.jobs ?? 0);
}
