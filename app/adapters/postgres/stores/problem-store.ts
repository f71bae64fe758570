import { Prisma } from "@prisma/client";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import { HELD_BACK } from "#app/core/orders/held-back.ts";
import type { Retryable } from "#app/core/orders/order-state.ts";
import type {
  FailedBatch,
  FailedOrder,
  FailedOrderSum,
  ProblemStore,
} from "#app/core/ports/problem-stores.ts";
import type { Db } from "../prisma-client.ts";
import { toDelivery } from "./delivery-store.ts";
import { selectCodes } from "./select-codes.ts";
import { sumImpactWaits } from "./sum-impact-waits.ts";

export function createProblemStore(db: Db): ProblemStore {
  return {
    async sumFailedOrders(shop, retryable, heldSince) {
      const rows = await db.$queryRaw<SumRow[]>`
        SELECT o."reason", o."currency", count(*) AS "orders",
               count(*) FILTER (WHERE ${mayBeRetried(retryable)}) AS "retryable",
               sum(o."netMinor") AS "netMinor",
               COALESCE(sum(stakes."tooMuch"), 0) AS "tooMuchMinor",
               COALESCE(sum(stakes."tooLittle"), 0) AS "tooLittleMinor"
        FROM "Order" o CROSS JOIN ${STAKES} stakes
        WHERE o."shop" = ${shop} AND ${isListed(heldSince)}
        GROUP BY o."reason", o."currency"
        ORDER BY o."reason", o."currency"`;
      return rows.map((row) => ({
        reason: row.reason,
        currency: row.currency,
        orders: Number(row.orders),
        retryable: Number(row.retryable),
        netMinor: Number(row.netMinor),
        tooMuchMinor: Number(row.tooMuchMinor),
        tooLittleMinor: Number(row.tooLittleMinor),
      }));
    },

    async listFailedOrders(shop, { ofEachReason, heldSince }) {
      const rows = await db.$queryRaw<OrderRow[]>`
        SELECT o.*, partner."name" AS "partnerName"
        FROM (
          SELECT "shop", "orderId", "name", "placedAt", "reason", "problem", "partnerId", "code",
                 "shares", "currency", "netMinor",
                 row_number() OVER (PARTITION BY "reason" ORDER BY "placedAt" DESC, "orderId" DESC) AS nth
          FROM "Order" o WHERE "shop" = ${shop} AND ${isListed(heldSince)}
        ) o
        LEFT JOIN "Partner" partner
          ON partner."shop" = o."shop" AND partner."partnerId" = o."partnerId"
        WHERE o.nth <= ${ofEachReason}
        ORDER BY o."placedAt" DESC, o."orderId" DESC`;
      return rows.map(toFailedOrder);
    },

    async countRetryable(shop, retryable) {
      const [row] = await db.$queryRaw<{ orders: bigint }[]>`
        SELECT count(*) AS "orders" FROM "Order" o
        WHERE o."shop" = ${shop} AND ${mayBeRetried(retryable)}`;
      return Number(row?.orders ?? 0);
    },

    async listRetryable(shop, retryable, { after, limit }) {
      const rows = await db.$queryRaw<{ orderId: string }[]>`
        SELECT o."orderId" FROM "Order" o
        WHERE o."shop" = ${shop} AND ${mayBeRetried(retryable)} AND o."orderId" > ${after ?? ""}
        ORDER BY o."orderId" LIMIT ${limit}`;
      return rows.map(({ orderId }) => orderId as OrderId);
    },

    listFailedCodes(shop, { limit }) {
      const failed = Prisma.sql`(code."shopifyState" = 'failed' OR code."impactState" = 'failed')`;
      return selectCodes(db, shop, failed, { limit });
    },

    async listFailedBatches(shop) {
      const rows = await db.$queryRaw<FailedBatchRow[]>`
        SELECT batch."id" AS "batchId", batch."kind", discount."id" AS "discountId",
               discount."title", batch."problem",
               (SELECT count(*) FROM "Change" change WHERE change."batchId" = batch."id"
                AND change."state" IN ('open', 'failed', 'dropped')) +
               (SELECT count(*) FROM "Code" code WHERE code."shop" = ${shop}
                AND code."discountId" = discount."id" AND code."shopifyState" = 'planned') AS "codes"
        FROM "Batch" batch LEFT JOIN "Discount" discount ON discount."id" = batch."discountId"
        WHERE batch."shop" = ${shop} AND batch."state" = 'failed'
        ORDER BY batch."createdAt" DESC`;
      return rows.map(({ discountId, title, ...row }) => ({
        ...row,
        discount: discountId !== null && title !== null ? { discountId, title } : null,
        codes: Number(row.codes),
      }));
    },

    async listLostDeliveries(shop, { since, limit }) {
      const lost = await db.$queryRaw<{ id: string }[]>`
        SELECT d."id" FROM "Delivery" d WHERE ${isLost(shop, since)}
        ORDER BY d."receivedAt" DESC LIMIT ${limit}`;
      const ids = lost.map(({ id }) => id);
      const orderBy = { receivedAt: "desc" } as const;
      const rows = await db.delivery.findMany({ where: { shop, id: { in: ids } }, orderBy });
      return rows.map(toDelivery);
    },

    sumImpactWaits: (shop) => sumImpactWaits(db, shop),

    async countAll(shop, { since, heldSince }) {
      const [row] = await db.$queryRaw<{ all: bigint }[]>`
        SELECT (SELECT count(*) FROM "Order" o WHERE "shop" = ${shop} AND ${isListed(heldSince)})
             + (SELECT count(*) FROM "Code" WHERE "shop" = ${shop}
                AND ("shopifyState" = 'failed' OR "impactState" = 'failed'))
             + (SELECT count(*) FROM "Batch" WHERE "shop" = ${shop} AND "state" = 'failed')
             + (SELECT count(*) FROM "Delivery" d WHERE ${isLost(shop, since)}) AS "all"`;
      return Number(row?.all ?? 0);
    },
  };
}

/**
 * What impact.com counts too much and too little, action by action, by the failed changes that no later one
 * followed: they never make up for one another. One that somebody reversed there is paid nothing.
 */
const STAKES = Prisma.sql`LATERAL (
  SELECT sum(GREATEST(stake."minor", 0)) AS "tooMuch", sum(GREATEST(-stake."minor", 0)) AS "tooLittle"
  FROM (
    SELECT CASE WHEN c."reversedAt" IS NULL THEN a."fromMinor" ELSE 0 END - a."toMinor" AS "minor"
    FROM "Adjustment" a LEFT JOIN "Conversion" c ON c."id" = a."conversionId"
    WHERE a."shop" = o."shop" AND a."orderId" = o."orderId" AND a."state" = 'failed'
      AND COALESCE(c."standing", o."reason") IN ('locked', 'not-adjusted')
      AND NOT EXISTS (SELECT 1 FROM "Adjustment" later WHERE later."shop" = a."shop"
        AND later."conversionId" = a."conversionId" AND later."createdAt" > a."createdAt")) stake)`;

/**
 * Failed, or waiting as long as that for what only the merchant can do at Shopify; of a row called `o`. Looked up order
 * by order: of EXISTS PostgreSQL might make a list of all conversions.
 */
function isListed(heldSince: Date): Prisma.Sql {
  return Prisma.sql`(o."state" = 'failed' OR (o."reason" = 'trying-again'
    AND o."stateSince" <= ${heldSince}
    AND (SELECT bool_or(c."problem" = ANY(${HELD_BACK}::text[])) FROM "Conversion" c
         WHERE c."shop" = o."shop" AND c."orderId" = o."orderId")))`;
}

function mayBeRetried({ always, whileReportable, oldest }: Retryable): Prisma.Sql {
  return Prisma.sql`o."state" = 'failed' AND (o."reason" = ANY(${always}::text[])
    OR o."reason" = ANY(${whileReportable}::text[]) AND o."placedAt" >= ${oldest})`;
}

/** Its order, where it named one, has come in no other way since. Topics: as `isOrderTopic` has them. */
function isLost(shop: string, since: Date): Prisma.Sql {
  return Prisma.sql`d."shop" = ${shop} AND d."state" = 'failed' AND d."receivedAt" >= ${since}
    AND (d."topic" LIKE 'orders/%' OR d."topic" = 'refunds/create')
    AND NOT EXISTS (SELECT 1 FROM "Order" o
      WHERE o."shop" = d."shop" AND o."orderId" = d."orderId")`;
}

interface SumRow extends Pick<FailedOrderSum, "reason" | "currency"> {
  orders: bigint;
  retryable: bigint;
  netMinor: Prisma.Decimal;
  tooMuchMinor: Prisma.Decimal;
  tooLittleMinor: Prisma.Decimal;
}

interface FailedBatchRow extends Omit<FailedBatch, "discount" | "codes"> {
  discountId: string | null;
  title: string | null;
  codes: bigint;
}

interface OrderRow extends Pick<
  FailedOrder,
  "reason" | "problem" | "name" | "placedAt" | "currency"
> {
  orderId: string;
  partnerId: string | null;
  partnerName: string | null;
  code: string | null;
  shares: Prisma.JsonValue;
  netMinor: bigint;
}

function toFailedOrder(row: OrderRow): FailedOrder {
  const { name, placedAt, reason, problem, currency, partnerId, partnerName } = row;
  return {
    orderId: row.orderId as OrderId,
    name,
    placedAt,
    reason,
    problem,
    currency,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
    code: row.code as DiscountCode | null,
    shares: row.shares as unknown as FailedOrder["shares"],
    netMinor: Number(row.netMinor),
  };
}
