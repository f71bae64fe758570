import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import type { DeliveryStore } from "#app/core/ports/order-stores.ts";
import { timeOrderedId } from "./time-ordered-id.ts";
import { deliveredFactsToJson, refundToJson } from "./stores/facts-json.ts";

/** Runs one statement in a transaction of the caller's; its rows. */
export type RunSql = (text: string, values: unknown[]) => Promise<unknown[]>;

interface Repeat {
  shop: string;
  webhookId: string;
}

/** `DeliveryStore.record` over whatever speaks to PostgreSQL. */
export async function recordDeliveries(
  run: RunSql,
  ...[deliveries, now]: Parameters<DeliveryStore["record"]>
): ReturnType<DeliveryStore["record"]> {
  const rows = oncePerWebhook(deliveries).map((one) => toColumns(one, timeOrderedId(now)));
  const repeats = (await run(INSERT, [JSON.stringify(rows), now.toISOString()])) as Repeat[];
  const newIds = new Map(rows.map((row) => [keyOf(row), row.id]));
  for (const repeat of repeats) newIds.delete(keyOf(repeat));
  return deliveries.map(({ delivery }) => {
    const key = keyOf(delivery);
    const id = newIds.get(key) ?? null;
    newIds.delete(key);
    return id;
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

// Only here it is known whether the shop has landing pages read, and under which name of its own: nothing
// else of them is written, of a visitor who declined least of all.
// Repeats alone are told of: there are few. xmax is 0 only on a row that this statement inserted.
const INSERT = `
  WITH stored AS (INSERT INTO "Delivery" AS d ("id", "shop", "webhookId", "eventId", "topic", "triggeredAt", "receivedAt",
                               "repeats", "orderId", "facts", "refund", "state", "problem", "processedAt")
  SELECT r."id", r."shop", r."webhookId", r."eventId", r."topic", r."triggeredAt", $2::timestamptz,
         COALESCE(r."repeats", 0), r."orderId",
         CASE WHEN landed."clicks" IS NULL THEN r."facts"
              ELSE jsonb_set(r."facts", '{clicks}', landed."clicks") END, r."refund", r."state", r."problem",
         CASE WHEN r."state" = 'processed' THEN $2::timestamptz END
  FROM json_to_recordset($1::text::json)
    AS r("id" uuid, "shop" text, "webhookId" text, "eventId" text, "topic" text, "triggeredAt" timestamptz,
         "repeats" int, "orderId" text, "facts" jsonb, "landed" boolean, "named" jsonb, "refund" jsonb, "state" text,
         "problem" text)
  CROSS JOIN LATERAL (SELECT CASE WHEN r."landed" THEN COALESCE(
    (SELECT r."facts"->'clicks' || CASE WHEN r."named" ? shop."clickParameter" THEN jsonb_build_object('clickId',
              r."named"->shop."clickParameter", 'source', 'landing', 'seenAt', NULL) ELSE '[]' END
     FROM "Shop" shop WHERE shop."domain" = r."shop" AND shop."landingsFrom" IS NOT NULL),
    jsonb_path_query_array(r."facts", '$.clicks[*] ? (@.source != "landing")')) END AS "clicks") landed
  ON CONFLICT ("shop", "webhookId") DO UPDATE SET "repeats" = d."repeats" + 1 + EXCLUDED."repeats"
  RETURNING "shop", "webhookId", (xmax = 0) AS "isNew")
  SELECT "shop", "webhookId" FROM stored WHERE NOT "isNew"`;

/** What is left out is null. */
function toColumns({ delivery, state, repeats }: Recorded, id: string) {
  const { shop, webhookId, eventId, topic, triggeredAt } = delivery;
  const columns = { id, shop, webhookId, eventId, topic, triggeredAt, state, repeats };
  return { ...columns, ...contentColumns(delivery) };
}

function contentColumns({ content }: IncomingDelivery) {
  switch (content.kind) {
    case "order": {
      const { facts, named } = content;
      const landed = named !== undefined || facts.clicks.some(({ source }) => source === "landing");
      const json = { facts: deliveredFactsToJson(facts), orderId: facts.orderId };
      return landed ? { ...json, landed, named } : json;
    }
    case "refund":
      return { refund: refundToJson(content.refund), orderId: content.orderId };
    case "order-changed":
    case "order-deleted":
      return { orderId: content.orderId };
    case "unusable":
      return { problem: content.problem, orderId: content.orderId };
    case "discount-changed":
    case "redact-orders":
    case "export-orders":
    case "scopes-changed":
    case "notice":
      return {};
  }
}
