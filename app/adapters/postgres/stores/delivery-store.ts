import type { Delivery as DeliveryRow } from "@prisma/client";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { Delivery } from "#app/core/orders/delivery.ts";
import type { DeliveryStore } from "#app/core/ports/order-stores.ts";
import { recordDeliveries } from "../record-deliveries.ts";
import type { RawSql } from "../raw-sql.ts";
import { factsFromJson, refundFromJson } from "./facts-json.ts";
import { keysOf } from "./keyed-rows.ts";

export function createDeliveryStore(sql: RawSql): DeliveryStore {
  return {
    record: (deliveries, now) =>
      recordDeliveries((text, values) => sql.$queryRawUnsafe(text, ...values), deliveries, now),

    async find(shop, deliveryId) {
      const [delivery] = await findAll(sql, shop, [deliveryId]);
      return delivery ?? null;
    },

    findAll: (shop, deliveryIds) => findAll(sql, shop, deliveryIds),

    async listDeletedOrders(shop, orderIds) {
      if (orderIds.length === 0) return [];
      const rows = await sql.$queryRaw<{ orderId: OrderId }[]>`
        SELECT d."orderId" FROM ${keysOf(shop, "orderId", orderIds)} AS given
        JOIN "Delivery" d ON d."shop" = given."shop" AND d."orderId" = given."orderId"
          AND d."topic" = 'orders/delete'`;
      return rows.map(({ orderId }) => orderId);
    },

    async listForOrder(shop, orderId) {
      const rows = await sql.$queryRaw<DeliveryRow[]>`
        SELECT * FROM "Delivery" WHERE "shop" = ${shop} AND "orderId" = ${orderId}
        ORDER BY "receivedAt"`;
      return rows.map(toDelivery);
    },

    async forgetCustomers(shop, orderIds) {
      await sql.$executeRaw`
        UPDATE "Delivery" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[]) AND "state" = 'received'`;
    },

    // Their webhook ids are of our own making: `codes of DISCOUNT MINUTE`, see read-webhook.ts.
    async removeAll(shop, deliveryIds) {
      await sql.$executeRaw`
        DELETE FROM "Delivery" WHERE "shop" = ${shop} AND "id" = ANY(${deliveryIds}::uuid[])`;
    },

    async noteFailure(shop, deliveryId) {
      const [row] = await sql.$queryRaw<{ failures: number }[]>`
        UPDATE "Delivery" SET "failures" = "failures" + 1
        WHERE "shop" = ${shop} AND "id" = ${deliveryId}::uuid RETURNING "failures"`;
      return row?.failures ?? 0;
    },

    async markFailed(shop, deliveryId, problem, now) {
      await sql.$executeRaw`
        UPDATE "Delivery"
        SET "state" = 'failed', "problem" = ${problem}, "facts" = NULL, "processedAt" = ${now}
        WHERE "shop" = ${shop} AND "id" = ${deliveryId}::uuid`;
    },

    markProcessed: (shop, deliveryId, now) => markAllProcessed(sql, shop, [deliveryId], now),
    markAllProcessed: (shop, deliveryIds, now) => markAllProcessed(sql, shop, deliveryIds, now),
  };
}

async function findAll(
  sql: RawSql,
  ...[shop, deliveryIds]: Parameters<DeliveryStore["findAll"]>
): Promise<Delivery[]> {
  const rows = await sql.$queryRaw<DeliveryRow[]>`
    SELECT d.* FROM ${keysOf(shop, "id", deliveryIds)} AS given
    JOIN "Delivery" d ON d."shop" = given."shop" AND d."id" = given."id"`;
  return rows.map(toDelivery);
}

async function markAllProcessed(
  sql: RawSql,
  ...[shop, deliveryIds, now]: Parameters<DeliveryStore["markAllProcessed"]>
): Promise<void> {
  if (deliveryIds.length === 0) return;
  // The order's row has the facts now; a second copy would only have to be redacted twice.
  await sql.$executeRaw`
    UPDATE "Delivery" d
    SET "state" = 'processed', "processedAt" = ${now},
        "facts" = CASE WHEN d."facts" IS NULL THEN NULL ELSE '{}'::jsonb END
    FROM ${keysOf(shop, "id", deliveryIds)} AS given
    WHERE d."shop" = given."shop" AND d."id" = given."id"`;
}

export function toDelivery(row: DeliveryRow): Delivery {
  const hasFacts = row.state === "received" && row.facts !== null;
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    webhookId: row.webhookId,
    topic: row.topic,
    triggeredAt: row.triggeredAt,
    receivedAt: row.receivedAt,
    repeats: row.repeats,
    orderId: row.orderId as OrderId | null,
    facts: hasFacts ? factsFromJson(row.facts) : null,
    refund: row.refund === null ? null : refundFromJson(row.refund),
    state: row.state as Delivery["state"],
    problem: row.problem,
    processedAt: row.processedAt,
  };
}
