import { Prisma } from "@prisma/client";
import type { Attribution } from "#app/core/attribution/attribute-order.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Order } from "#app/core/orders/order.ts";
import { orderNetMinor } from "#app/core/orders/order-facts.ts";
import type { OrderReason, OrderState } from "#app/core/orders/order-state.ts";
import type { OrderStore } from "#app/core/ports/store.ts";
import type { Db } from "../prisma-client.ts";
import { factsFromJson, factsToJson } from "./facts-json.ts";
import { cursorCondition, encodeCursor } from "./order-cursor.ts";

export function createOrderStore(db: Db): OrderStore {
  const find: OrderStore["find"] = async (shop, orderId) => {
    const [order] = await selectOrders(db, shop, Prisma.sql`o."orderId" = ${orderId}`, 1);
    return order ?? null;
  };

  return {
    find,

    async lock(shop, orderId) {
      // The row may not exist yet, so the lock is on its name.
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${shop}/${orderId}`}, 0))`;
    },

    async saveFacts(shop, facts, now) {
      const codes = [...new Set(facts.typedCodes.map(normalizeCode))];
      const json = JSON.stringify(factsToJson(facts));
      const net = BigInt(orderNetMinor(facts));
      await db.$executeRaw`
        INSERT INTO "Order" AS o ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
                                  "netMinor", "codes", "state", "reason", "receivedAt", "stateSince")
        VALUES (${shop}, ${facts.orderId}, ${facts.name}, ${facts.currency}, ${facts.placedAt},
                ${facts.updatedAt}, ${json}::jsonb, ${net}, ${codes}::text[], 'waiting', 'to-send',
                ${now}, ${now})
        ON CONFLICT ("shop", "orderId") DO UPDATE
        SET "name" = EXCLUDED."name", "updatedAt" = EXCLUDED."updatedAt", "facts" = EXCLUDED."facts",
            "netMinor" = EXCLUDED."netMinor", "codes" = EXCLUDED."codes"
        WHERE o."updatedAt" < EXCLUDED."updatedAt"`;
      const order = await find(shop, facts.orderId);
      if (!order) throw new Error(`order ${facts.orderId} was not stored`);
      return order;
    },

    async saveStatus(shop, orderId, { state, reason, problem }, now) {
      await db.order.updateMany({
        where: { shop, orderId },
        data: { state, reason, problem, stateSince: now },
      });
    },

    async saveAttribution(shop, orderId, attribution, now) {
      const decision = attribution as unknown as Prisma.InputJsonValue;
      await db.attribution.upsert({
        where: { shop_orderId: { shop, orderId } },
        create: { shop, orderId, decision, decidedAt: now },
        update: { decision, decidedAt: now },
      });
      const credited = attribution.outcome === "credited" ? attribution : null;
      await db.order.updateMany({
        where: { shop, orderId },
        data: { partnerId: credited?.partner.partnerId ?? null, code: credited?.code ?? null },
      });
    },

    async forgetCustomers(shop, orderIds) {
      await db.$executeRaw`
        UPDATE "Order" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])`;
    },

    async findAttribution(shop, orderId) {
      const row = await db.attribution.findUnique({ where: { shop_orderId: { shop, orderId } } });
      if (!row) return null;
      return { attribution: row.decision as unknown as Attribution, decidedAt: row.decidedAt };
    },

    async page(shop, { state, cursor, limit }) {
      const inState = state ? Prisma.sql`o."state" = ${state}` : Prisma.sql`TRUE`;
      const condition = Prisma.sql`${inState} AND ${cursorCondition(cursor)}`;
      const orders = await selectOrders(db, shop, condition, limit + 1);
      const hasMore = orders.length > limit;
      const shown = orders.slice(0, limit);
      const last = shown.at(-1);
      return { orders: shown, nextCursor: hasMore && last ? encodeCursor(last) : null };
    },

    async countByState(shop) {
      const rows = await db.order.groupBy({ by: ["state"], where: { shop }, _count: true });
      const counts = { reported: 0, ignored: 0, waiting: 0, failed: 0 };
      for (const { state, _count } of rows) counts[state as OrderState] = _count;
      return counts;
    },

    async listWaitingFor(shop, reason, { after, limit }) {
      const rows = await db.order.findMany({
        where: { shop, state: "waiting", reason, ...(after && { orderId: { gt: after } }) },
        orderBy: { orderId: "asc" },
        take: limit,
        select: { orderId: true },
      });
      return rows.map(({ orderId }) => orderId as OrderId);
    },
  };
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
  state: string;
  reason: string;
  problem: string | null;
  receivedAt: Date;
  stateSince: Date;
}

async function selectOrders(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
  limit: number,
): Promise<Order[]> {
  const rows = await db.$queryRaw<OrderRow[]>`
    SELECT o.*, partner."name" AS "partnerName"
    FROM "Order" o
    LEFT JOIN "Partner" partner
      ON partner."shop" = o."shop" AND partner."partnerId" = o."partnerId"
    WHERE o."shop" = ${shop} AND ${condition}
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
    codes: row.codes as DiscountCode[],
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
    code: row.code as DiscountCode | null,
    state: row.state as OrderState,
    reason: row.reason as OrderReason,
    problem: row.problem,
    receivedAt: row.receivedAt,
    stateSince: row.stateSince,
  };
}
