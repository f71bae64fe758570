import type { Delivery as DeliveryRow } from "@prisma/client";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { Delivery, IncomingDelivery } from "#app/core/orders/delivery.ts";
import type { DeliveryStore } from "#app/core/ports/store.ts";
import type { Db } from "../prisma-client.ts";
import { factsFromJson, factsToJson } from "./facts-json.ts";

export function createDeliveryStore(db: Db): DeliveryStore {
  return {
    async record(delivery, now) {
      const { shop, webhookId, eventId, topic, triggeredAt } = delivery;
      const { facts, orderId, problem, state } = contentColumns(delivery);
      // xmax is 0 only on a row that this statement inserted.
      const [row] = await db.$queryRaw<{ id: string; isNew: boolean }[]>`
        INSERT INTO "Delivery" ("id", "shop", "webhookId", "eventId", "topic", "triggeredAt",
                                "receivedAt", "orderId", "facts", "state", "problem")
        VALUES (gen_random_uuid(), ${shop}, ${webhookId}, ${eventId}, ${topic}, ${triggeredAt},
                ${now}, ${orderId}, ${facts}::jsonb, ${state}, ${problem})
        ON CONFLICT ("shop", "webhookId") DO UPDATE SET "repeats" = "Delivery"."repeats" + 1
        RETURNING "id", (xmax = 0) AS "isNew"`;
      if (!row) throw new Error("the delivery was not stored");
      return { deliveryId: row.id, isNew: row.isNew };
    },

    async find(shop, deliveryId) {
      const row = await db.delivery.findFirst({ where: { shop, id: deliveryId } });
      return row && toDelivery(row);
    },

    async listForOrder(shop, orderId) {
      const rows = await db.delivery.findMany({
        where: { shop, orderId },
        orderBy: { receivedAt: "asc" },
      });
      return rows.map(toDelivery);
    },

    async listFailed(shop, { since, limit }) {
      const rows = await db.delivery.findMany({
        where: {
          shop,
          state: "failed",
          topic: { startsWith: "orders/" },
          receivedAt: { gte: since },
        },
        orderBy: { receivedAt: "desc" },
        take: limit,
      });
      return rows.map(toDelivery);
    },

    async forgetCustomers(shop, orderIds) {
      await db.$executeRaw`
        UPDATE "Delivery" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[]) AND "state" = 'received'`;
    },

    async markProcessed(shop, deliveryId, now) {
      // The order's row has the facts now; a second copy would only have to be redacted twice.
      await db.delivery.updateMany({
        where: { shop, id: deliveryId },
        data: { state: "processed", processedAt: now, facts: {} },
      });
    },
  };
}

function contentColumns({ content }: IncomingDelivery) {
  const nothing = { facts: null, orderId: null, problem: null };
  if (content.kind === "unusable") {
    const { problem, orderId } = content;
    return { ...nothing, problem, orderId: orderId as string | null, state: "failed" };
  }
  if (content.kind !== "order") return { ...nothing, state: "received" };
  const { facts } = content;
  const orderId: string = facts.orderId;
  return { ...nothing, facts: JSON.stringify(factsToJson(facts)), orderId, state: "received" };
}

function toDelivery(row: DeliveryRow): Delivery {
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
    state: row.state as Delivery["state"],
    problem: row.problem,
    processedAt: row.processedAt,
  };
}
