import { Prisma } from "@prisma/client";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { OrderReason, OrderState } from "#app/core/orders/order-state.ts";
import type { OrderFilter, OrderStore } from "#app/core/ports/order-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { attributionFromJson } from "./attribution-json.ts";
import { factsFromJson, refundFromJson } from "./facts-json.ts";
import { keysOf } from "./keyed-rows.ts";
import { cursorCondition, encodeCursor } from "./order-cursor.ts";
import { createOrderWrites } from "./order-writes.ts";
import { createUnreadChanges } from "./unread-changes.ts";

export function createOrderStore(sql: RawSql): OrderStore {
  const find: OrderStore["find"] = async (shop, orderId) => {
    const [order] = await selectOrders(sql, shop, Prisma.sql`o."orderId" = ${orderId}`, 1);
    return order ?? null;
  };

  return {
    ...createOrderWrites(sql),
    ...createUnreadChanges(sql),
    find,

    async findAll(shop, orderIds) {
      if (orderIds.length === 0) return [];
      const found = Prisma.sql`
        ${keysOf(shop, "orderId", orderIds)} AS given
        JOIN "Order" o ON o."shop" = given."shop" AND o."orderId" = given."orderId"`;
      return selectFrom(sql, found, Prisma.sql`TRUE`, orderIds.length);
    },

    async listHeardOf(shop, orderIds) {
      if (orderIds.length === 0) return [];
      const rows = await sql.$queryRaw<{ orderId: OrderId }[]>`
        SELECT given."orderId" FROM ${keysOf(shop, "orderId", orderIds)} AS given
        WHERE EXISTS (SELECT FROM "Order" o
                      WHERE o."shop" = given."shop" AND o."orderId" = given."orderId")
          OR EXISTS (SELECT FROM "Refund" r
                     WHERE r."shop" = given."shop" AND r."orderId" = given."orderId")
          OR EXISTS (SELECT FROM "RedactedOrder" redacted
                     WHERE redacted."shop" = given."shop" AND redacted."orderId" = given."orderId")
          OR EXISTS (SELECT FROM "Delivery" d WHERE d."shop" = given."shop"
                     AND d."orderId" = given."orderId" AND d."topic" = 'orders/delete')`;
      return rows.map(({ orderId }) => orderId);
    },

    async findAttribution(shop, orderId) {
      const [row] = await sql.$queryRaw<{ decision: Prisma.JsonValue; decidedAt: Date }[]>`
        SELECT "decision", "decidedAt" FROM "Attribution"
        WHERE "shop" = ${shop} AND "orderId" = ${orderId}`;
      return row
        ? { attribution: attributionFromJson(row.decision), decidedAt: row.decidedAt }
        : null;
    },

    async page(shop, { cursor, limit, ...filter }) {
      const condition = Prisma.sql`${filterCondition(filter)} AND ${cursorCondition(cursor)}`;
      const orders = await selectOrders(sql, shop, condition, limit + 1);
      const hasMore = orders.length > limit;
      const shown = orders.slice(0, limit);
      const last = shown.at(-1);
      return { orders: shown, nextCursor: hasMore && last ? encodeCursor(last) : null };
    },

    async countByState(shop, filter = {}) {
      const rows = await sql.$queryRaw<{ state: OrderState; orders: bigint }[]>`
        SELECT o."state", count(*) AS "orders" FROM "Order" o
        WHERE o."shop" = ${shop} AND ${filterCondition(filter)} GROUP BY 1`;
      const counts = { reported: 0, ignored: 0, waiting: 0, failed: 0 };
      for (const { state, orders } of rows) counts[state] = Number(orders);
      return counts;
    },

    async listWaitingFor(shop, reason, { after, limit }) {
      const rows = await sql.$queryRaw<{ orderId: OrderId }[]>`
        SELECT "orderId" FROM "Order"
        WHERE "shop" = ${shop} AND "state" = 'waiting' AND "reason" = ${reason}
          AND "orderId" > ${after ?? ""}
        UNION
        SELECT "orderId" FROM "Order"
        WHERE "shop" = ${shop} AND "reason" = 'unreadable' AND "unreadSince" IS NOT NULL
          AND "orderId" > ${after ?? ""}
        UNION
        SELECT part."orderId" FROM "Conversion" part
        WHERE part."shop" = ${shop} AND part."part" IS NOT NULL AND part."standing" = ${reason}
          AND part."orderId" > ${after ?? ""}
        ORDER BY "orderId" LIMIT ${limit}`;
      return rows.map(({ orderId }) => orderId);
    },
  };
}

function filterCondition({ state, reason, placed, isDeleted }: OrderFilter): Prisma.Sql {
  const conditions = [
    ...(state ? [Prisma.sql`o."state" = ${state}`] : []),
    ...(reason ? [Prisma.sql`o."reason" = ${reason}`] : []),
    ...(placed ? [Prisma.sql`o."placedAt" >= ${placed.from} AND o."placedAt" < ${placed.to}`] : []),
    ...(isDeleted === undefined ? [] : [Prisma.sql`(o."deletedAt" IS NOT NULL) = ${isDeleted}`]),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`TRUE`;
}

interface OrderRow {
  shop: string;
  orderId: string;
  name: string;
  currency: string;
  netMinor: bigint;
  placedAt: Date;
  facts: Prisma.JsonValue;
  codes: string[];
  partnerId: string | null;
  partnerName: string | null;
  code: string | null;
  shares: Prisma.JsonValue;
  state: string;
  reason: string;
  problem: string | null;
  receivedAt: Date;
  stateSince: Date;
  deletedAt: Date | null;
  refunds: Prisma.JsonValue[] | null;
}

function selectOrders(
  sql: RawSql,
  shop: ShopDomain,
  condition: Prisma.Sql,
  limit: number,
): Promise<Order[]> {
  const ofShop = Prisma.sql`o."shop" = ${shop} AND ${condition}`;
  return selectFrom(sql, Prisma.sql`"Order" o`, ofShop, limit);
}

async function selectFrom(
  sql: RawSql,
  orders: Prisma.Sql,
  condition: Prisma.Sql,
  limit: number,
): Promise<Order[]> {
  const rows = await sql.$queryRaw<OrderRow[]>`
    SELECT o.*, partner."name" AS "partnerName",
      (SELECT json_agg(to_jsonb(r) ORDER BY r."createdAt", r."refundId")
       FROM "Refund" r WHERE r."shop" = o."shop" AND r."orderId" = o."orderId") AS "refunds"
    FROM ${orders}
    LEFT JOIN "Partner" partner
      ON partner."shop" = o."shop" AND partner."partnerId" = o."partnerId"
    WHERE ${condition}
    ORDER BY o."placedAt" DESC, o."orderId" DESC
    LIMIT ${limit}`;
  return rows.map(toOrder);
}

function toOrder(row: OrderRow): Order {
  const { partnerId, partnerName } = row;
  return {
    shop: row.shop as ShopDomain,
    orderId: row.orderId as OrderId,
    name: row.name,
    currency: row.currency,
    netMinor: Number(row.netMinor),
    placedAt: row.placedAt,
    facts: factsFromJson(row.facts),
    refunds: (row.refunds ?? []).map(refundFromJson),
    codes: row.codes as DiscountCode[],
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
    code: row.code as DiscountCode | null,
    shares: row.shares as unknown as Order["shares"],
    state: row.state as OrderState,
    reason: row.reason as OrderReason,
    problem: row.problem,
    receivedAt: row.receivedAt,
    stateSince: row.stateSince,
    deletedAt: row.deletedAt,
  };
}
