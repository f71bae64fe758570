import { Prisma } from "@prisma/client";
import { UNASSIGNED, type LateEffect } from "#app/core/codes/late-effect.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type {
  CreditedOnce,
  LateOrder,
  LateQuestion,
  LateStore,
  UnassignedSum,
} from "#app/core/ports/late-stores.ts";
import type { Db } from "../prisma-client.ts";
import type { RawSql } from "../raw-sql.ts";

/** What is asked of every order that is to be reported. */
export function createLateReads(sql: RawSql): Pick<LateStore, "listCreditedThere"> {
  return {
    async listCreditedThere(shop, orderIds) {
      if (orderIds.length === 0) return [];
      return sql.$queryRaw<CreditedOnce[]>`
        SELECT "orderId", "programId", "eventAt", "isOver" FROM "CreditedThere"
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])`;
    },
  };
}

export function createLateStore(db: Db, sql: RawSql): LateStore {
  return {
    ...createLateReads(sql),

    async sumUnassigned(shop, { since, limit }) {
      const rows = await db.$queryRaw<(Omit<UnassignedSum, "orders" | "netMinor"> & Sums)[]>`
        SELECT typed."code", o."currency", count(*) AS "orders", sum(o."netMinor") AS "netMinor",
               min(o."placedAt") AS "firstAt", max(o."placedAt") AS "lastAt"
        FROM "Order" o, unnest(o."codes") AS typed("code")
        WHERE o."shop" = ${shop} AND ${IS_UNASSIGNED} AND o."placedAt" >= ${since}
          AND NOT (${CAN_EARN_NOTHING}) AND NOT ${IS_CREDITED_THERE}
        GROUP BY typed."code", o."currency"
        ORDER BY count(*) DESC, typed."code" LIMIT ${limit}`;
      return rows.map((row) => ({ ...row, ...sums(row) }));
    },

    async countByEffect(shop, question) {
      const rows = await db.$queryRaw<{ effect: LateEffect; orders: bigint }[]>`
        SELECT ${effectOf(question)} AS "effect", count(*) AS "orders"
        FROM "Order" o WHERE ${hasCode(shop, question)} GROUP BY 1`;
      return rows.map(({ effect, orders }) => ({ effect, orders: Number(orders) }));
    },

    async listByEffect(shop, question, { limit }) {
      return db.$queryRaw<LateOrder[]>`
        SELECT o."orderId", o."name", o."placedAt", o."currency",
               ${effectOf(question)} AS "effect", partner."name" AS "partner"
        FROM "Order" o
        LEFT JOIN "Partner" partner
          ON partner."shop" = o."shop" AND partner."partnerId" = o."partnerId"
        WHERE ${hasCode(shop, question)}
        ORDER BY o."placedAt" DESC, o."orderId" DESC LIMIT ${limit}`;
    },

    async listOverdue(shop, { before, limit }) {
      return db.$queryRaw<{ conversionId: string; eventAt: Date }[]>`
        SELECT c."id" AS "conversionId", c."eventAt" FROM "Order" o
        JOIN "Conversion" c ON c."shop" = o."shop" AND c."orderId" = o."orderId"
        WHERE o."shop" = ${shop} AND o."reason" IN ('not-connected', 'code-not-registered', 'unreadable')
          AND o."placedAt" < ${before} AND c."eventAt" < ${before} AND c."state" = 'ready'
        UNION
        SELECT part."id", part."eventAt" FROM "Conversion" part
        WHERE part."shop" = ${shop} AND part."part" IS NOT NULL AND part."eventAt" < ${before}
          AND part."state" = 'ready' AND part."standing" IN ('not-connected', 'code-not-registered')
        ORDER BY "eventAt", "conversionId" LIMIT ${limit}`;
    },

    async listOverdueOrders(shop, { before, limit }) {
      const rows = await db.$queryRaw<{ orderId: string }[]>`
        SELECT o."orderId" FROM "Order" o
        WHERE o."shop" = ${shop} AND o."reason" = 'not-connected' AND o."placedAt" < ${before}
          AND NOT EXISTS (SELECT 1 FROM "Conversion" c
                          WHERE c."shop" = o."shop" AND c."orderId" = o."orderId")
        ORDER BY o."placedAt", o."orderId" LIMIT ${limit}`;
      return rows.map(({ orderId }) => orderId as OrderId);
    },

    async listEarning(shop, question, { after, limit }) {
      const rows = await db.$queryRaw<{ orderId: string }[]>`
        SELECT o."orderId" FROM "Order" o
        WHERE ${hasCode(shop, question)} AND ${effectOf(question)} = 'earns'
          AND o."placedAt" >= ${question.from} AND o."orderId" > ${after ?? ""}
        ORDER BY o."orderId" LIMIT ${limit}`;
      return rows.map(({ orderId }) => orderId as OrderId);
    },
  };
}

// Written out: PostgreSQL must see that the index "Order_unassigned_idx" has all of these.
const IS_UNASSIGNED = Prisma.raw(
  `o."reason" IN (${UNASSIGNED.map((reason) => `'${reason}'`).join(", ")})`,
);

/** Deciding it again would end elsewhere than with a conversion. */
const CAN_EARN_NOTHING = Prisma.sql`(o."deletedAt" IS NOT NULL
  OR COALESCE(o."facts"->>'cancelledAt', '') <> '' OR COALESCE(o."facts"->>'test', '') = 'true'
  OR COALESCE(o."facts"->>'financialStatus', '') IN ('refunded', 'voided', 'expired'))`;

/** Reconciliation has met a live action of an order that this app reported nothing of. */
const IS_CREDITED_THERE = Prisma.sql`EXISTS (SELECT 1 FROM "CreditedThere" seen
  WHERE seen."shop" = o."shop" AND seen."orderId" = o."orderId" AND NOT seen."isOver")`;

/** Nobody's so far, of a row called `o`; what it does earn, its facts tell. */
export const MAY_EARN = Prisma.sql`${IS_UNASSIGNED} AND NOT ${CAN_EARN_NOTHING}
  AND NOT ${IS_CREDITED_THERE}`;

function hasCode(shop: ShopDomain, { code }: LateQuestion): Prisma.Sql {
  return Prisma.sql`o."shop" = ${shop} AND ${code} = ANY(o."codes")`;
}

/** A `LateEffect` for each order. */
function effectOf({ from, oldest }: LateQuestion): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN o."reason" = 'credited-there' THEN 'credited-there'
    WHEN NOT ${IS_UNASSIGNED} AND (o."partnerId" IS NOT NULL OR o."shares" IS NOT NULL)
      THEN 'earned-already'
    WHEN NOT ${IS_UNASSIGNED} OR ${CAN_EARN_NOTHING} THEN 'kept-out'
    WHEN ${IS_CREDITED_THERE} THEN 'credited-there'
    WHEN o."placedAt" < ${oldest} THEN 'too-old'
    WHEN o."placedAt" < ${from} THEN 'before'
    ELSE 'earns' END`;
}

interface Sums {
  orders: bigint;
  netMinor: Prisma.Decimal;
}

function sums({ orders, netMinor }: Sums): { orders: number; netMinor: number } {
  return { orders: Number(orders), netMinor: Number(netMinor) };
}
