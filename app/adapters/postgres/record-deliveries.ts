import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import type { DeliveryStore } from "#app/core/ports/order-stores.ts";
import { deliveredFactsToJson, refundToJson } from "./stores/facts-json.ts";

/** Runs one statement in a transaction of the caller's; its rows. */
export type RunSql = (text: string, values: unknown[]) => Promise<unknown[]>;

interface RecordedRow {
  id: string;
  shop: string;
  webhookId: string;
  isNew: boolean;
}

/** `DeliveryStore.record` over whatever speaks to PostgreSQL. */
export async function recordDeliveries(
  run: RunSql,
  ...[deliveries, now]: Parameters<DeliveryStore["record"]>
): ReturnType<DeliveryStore["record"]> {
  const rows = oncePerWebhook(deliveries).map(toColumns);
  const values = [JSON.stringify(rows), now.toISOString()];
  const stored = (await run(INSERT, values)) as RecordedRow[];
  const rowOf = new Map(stored.map((row) => [keyOf(row), row]));
  const taken = new Set<string>();
  return deliveries.map(({ delivery }) => {
    const key = keyOf(delivery);
    const row = rowOf.get(key);
    if (!row) throw new Error("a delivery was not stored");
    const isNew = row.isNew && !taken.has(key);
    taken.add(key);
    return { deliveryId: row.id, isNew };
  });
}

type Recorded = Parameters<DeliveryStore["record"]>[0][number] & { repeats?: number };

const keyOf = ({ shop, webhookId }: { shop: string; webhookId: string }) => `${shop}\n${webhookId}`;

/** One statement may meet a row only once: what comes twice among these is counted here. */
function oncePerWebhook(deliveries: readonly Recorded[]): Recorded[] {
  const rows = new Map<string, Recorded>();
  for (const recorded of deliveries) {
    const key = keyOf(recorded.delivery);
    const before = rows.get(key);
    rows.set(key, before ? { ...before, repeats: (before.repeats ?? 0) + 1 } : recorded);
  }
  // In one order everywhere, so that no two processes wait for each other's rows.
  const inOrder = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([, recorded]) => recorded);
}

// xmax is 0 only on a row that this statement inserted.
const INSERT = `
  INSERT INTO "Delivery" AS d ("id", "shop", "webhookId", "eventId", "topic", "triggeredAt", "receivedAt",
                               "repeats", "orderId", "facts", "refund", "state", "problem", "processedAt")
  SELECT gen_random_uuid(), r."shop", r."webhookId", r."eventId", r."topic", r."triggeredAt", $2::timestamptz,
         COALESCE(r."repeats", 0), r."orderId", r."facts", r."refund", r."state", r."problem",
         CASE WHEN r."state" = 'processed' THEN $2::timestamptz END
  FROM json_to_recordset($1::text::json)
    AS r("shop" text, "webhookId" text, "eventId" text, "topic" text, "triggeredAt" timestamptz,
         "repeats" int, "orderId" text, "facts" jsonb, "refund" jsonb, "state" text, "problem" text)
  ON CONFLICT ("shop", "webhookId") DO UPDATE SET "repeats" = d."repeats" + 1 + EXCLUDED."repeats"
  RETURNING "id", "shop", "webhookId", (xmax = 0) AS "isNew"`;

/** What is left out is null. */
function toColumns({ delivery, state, repeats }: Recorded) {
  const { shop, webhookId, eventId, topic, triggeredAt } = delivery;
  const columns = { shop, webhookId, eventId, topic, triggeredAt, state, repeats };
  return { ...columns, ...contentColumns(delivery) };
}

function contentColumns({ content }: IncomingDelivery) {
  switch (content.kind) {
    case "order":
      return {
        facts: deliveredFactsToJson(content.facts),
        orderId: content.facts.orderId,
      };
    case "refund":
      return { refund: refundToJson(content.refund), orderId: content.orderId };
    case "order-changed":
    case "order-deleted":
      return { orderId: content.orderId };
    case "unusable":
      return { problem: content.problem, orderId: content.orderId };
    case "redact-orders":
    case "export-orders":
    case "notice":
      return {};
  }
}
