import { Prisma, type Delivery as DeliveryRow } from "@prisma/client";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { Delivery } from "#app/core/orders/delivery.ts";
import type { DeliveryStore } from "#app/core/ports/order-stores.ts";
import type { Db } from "../prisma-client.ts";
import { recordDeliveries } from "../record-deliveries.ts";
import { factsFromJson, refundFromJson } from "./facts-json.ts";

export function createDeliveryStore(db: Db): DeliveryStore {
  return {
    record: (deliveries, now) =>
      recordDeliveries((text, values) => db.$queryRawUnsafe(text, ...values), deliveries, now),

    async find(shop, deliveryId) {
      const row = await db.delivery.findFirst({ where: { shop, id: deliveryId } });
      return row && toDelivery(row);
    },

    async findAll(shop, deliveryIds) {
      const where = { shop, id: { in: [...deliveryIds] } };
      const rows = await db.delivery.findMany({ where });
      return rows.map(toDelivery);
    },

    async listDeletedOrders(shop, orderIds) {
      if (orderIds.length === 0) return [];
      const rows = await db.delivery.findMany({
        where: { shop, orderId: { in: [...orderIds] }, topic: "orders/delete" },
        select: { orderId: true },
      });
      return rows.map(({ orderId }) => orderId as OrderId);
    },

    async listForOrder(shop, orderId) {
      const rows = await db.delivery.findMany({
        where: { shop, orderId },
        orderBy: { receivedAt: "asc" },
      });
      return rows.map(toDelivery);
    },

    async forgetCustomers(shop, orderIds) {
      await db.$executeRaw`
        UPDATE "Delivery" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[]) AND "state" = 'received'`;
    },

    async removeAll(shop, deliveryIds) {
      await db.delivery.deleteMany({ where: { shop, id: { in: [...deliveryIds] } } });
    },

    async noteFailure(shop, deliveryId) {
      const [row] = await db.delivery.updateManyAndReturn({
        where: { shop, id: deliveryId },
        data: { failures: { increment: 1 } },
        select: { failures: true },
      });
      return row?.failures ?? 0;
    },

    async markFailed(shop, deliveryId, problem, now) {
      await db.delivery.updateMany({
        where: { shop, id: deliveryId },
        data: { state: "failed", problem, facts: Prisma.DbNull, processedAt: now },
      });
    },

    markProcessed: (shop, deliveryId, now) => markAllProcessed(db, shop, [deliveryId], now),
    markAllProcessed: (shop, deliveryIds, now) => markAllProcessed(db, shop, deliveryIds, now),
  };
}

async function markAllProcessed(
  db: Db,
  ...[shop, deliveryIds, now]: Parameters<DeliveryStore["markAllProcessed"]>
): Promise<void> {
  if (deliveryIds.length === 0) return;
  // The order's row has the facts now; a second copy would only have to be redacted twice.
  await db.$executeRaw`
    UPDATE "Delivery"
    SET "state" = 'processed', "processedAt" = ${now},
        "facts" = CASE WHEN "facts" IS NULL THEN NULL ELSE '{}'::jsonb END
    WHERE "shop" = ${shop} AND "id" = ANY(${deliveryIds}::uuid[])`;
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
