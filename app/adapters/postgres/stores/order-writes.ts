import { Prisma } from "@prisma/client";
import { codesOf } from "#app/core/orders/order.ts";
import { orderNetMinor, type OrderFacts } from "#app/core/orders/order-facts.ts";
import { statusFor } from "#app/core/orders/order-state.ts";
import type { OrderDecision, OrderStore } from "#app/core/ports/order-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { factsToJson, refundToJson } from "./facts-json.ts";
import { CLICKS_KEPT, FORGOTTEN } from "./kept-facts.ts";
import { rowsOf } from "./keyed-rows.ts";
import {
  DECIDED_COLUMNS,
  noteAttributions,
  saveDecisions,
  STATUS_COLUMNS,
  toDecisionRow,
} from "./order-decisions.ts";
import { shownStatus } from "./unread-changes.ts";

type OrderWrites = Pick<
  OrderStore,
  | "lock"
  | "lockAll"
  | "saveFacts"
  | "saveRefunds"
  | "markDeleted"
  | "markThere"
  | "saveDecisions"
  | "saveStatus"
  | "saveStatuses"
  | "nameClicks"
  | "forgetCustomers"
>;

/** Each writes any number of orders in one statement. */
export function createOrderWrites(sql: RawSql): OrderWrites {
  const lockAll: OrderStore["lockAll"] = async (shop, orderIds) => {
    const names = orderIds.map((orderId) => `${shop}/${orderId}`);
    // Rows may not exist yet, so the locks are on their names.
    await sql.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${names}::text[]) AS name`;
  };

  const saveStatuses: OrderStore["saveStatuses"] = async (shop, statuses, now) => {
    if (statuses.length === 0) return;
    const shown = shownStatus("s");
    await sql.$executeRaw`
      UPDATE "Order" o
      SET "state" = ${shown.state}, "reason" = ${shown.reason}, "problem" = ${shown.problem},
          "stateSince" = ${now}
      FROM ${rowsOf(shop, statuses, STATUS_COLUMNS)} AS s
      WHERE o."shop" = s."shop" AND o."orderId" = s."orderId"
        AND (o."reason" <> ${shown.reason} OR o."problem" IS DISTINCT FROM ${shown.problem})`;
  };

  return {
    lockAll,
    saveStatuses,
    lock: (shop, orderId) => lockAll(shop, [orderId]),
    saveStatus: (shop, orderId, status, now) => saveStatuses(shop, [{ orderId, ...status }], now),
    saveFacts: (...these) => saveFacts(sql, ...these),
    saveDecisions: (shop, decisions, now) => saveDecisions(sql, shop, decisions, now),

    async saveRefunds(shop, refunds, now, options) {
      if (refunds.length === 0) return;
      const isNewer = Prisma.raw(options?.replacesTies ? "<=" : "<");
      const rows = refunds.map(({ orderId, refund, versionAt }) => ({
        ...(refundToJson(refund) as object),
        orderId,
        versionAt,
      }));
      await sql.$executeRaw`
        INSERT INTO "Refund" AS known ("shop", "refundId", "orderId", "createdAt", "lines",
                                       "adjustmentMinor", "receivedAt", "versionAt")
        SELECT ${shop}, r."refundId", r."orderId", r."createdAt", r."lines", r."adjustmentMinor", ${now},
               r."versionAt"
        FROM json_to_recordset(${JSON.stringify(rows)}::text::json)
          AS r("refundId" text, "orderId" text, "createdAt" timestamptz, "lines" jsonb,
               "adjustmentMinor" bigint, "versionAt" timestamptz)
        ORDER BY r."refundId"
        ON CONFLICT ("shop", "refundId") DO UPDATE
        SET "lines" = EXCLUDED."lines", "adjustmentMinor" = EXCLUDED."adjustmentMinor",
            "versionAt" = EXCLUDED."versionAt"
        WHERE known."versionAt" ${isNewer} EXCLUDED."versionAt"`;
    },

    async markDeleted(shop, orderIds, now) {
      if (orderIds.length === 0) return;
      await sql.$executeRaw`
        UPDATE "Order" SET "deletedAt" = ${now}, "unreadSince" = NULL, "unreadProblem" = NULL
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[]) AND "deletedAt" IS NULL`;
    },

    async markThere(shop, orderIds) {
      if (orderIds.length === 0) return;
      await sql.$executeRaw`
        UPDATE "Order" SET "deletedAt" = NULL
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[]) AND "deletedAt" IS NOT NULL`;
    },

    async nameClicks(shop, named) {
      if (named.length === 0) return;
      await sql.$executeRaw`
        UPDATE "Order" o
        SET "partnerId" = COALESCE(o."partnerId", n."partnerId"), "shares" = (
          SELECT jsonb_agg(CASE WHEN share.one->'partner' <> 'null' THEN share.one
            ELSE jsonb_set(share.one, '{partner}', jsonb_build_object('partnerId', n."partnerId",
              'name', COALESCE(partner."name", 'Partner ' || n."partnerId"))) END ORDER BY share.nth)
          FROM jsonb_array_elements(o."shares") WITH ORDINALITY AS share(one, nth))
        FROM ${rowsOf(shop, named, `"orderId" text, "partnerId" text`)} AS n
        LEFT JOIN "Partner" partner
          ON partner."shop" = n."shop" AND partner."partnerId" = n."partnerId"
        WHERE o."shop" = n."shop" AND o."orderId" = n."orderId" AND o."shares" IS NOT NULL`;
    },

    async forgetCustomers(shop, orderIds) {
      await sql.$executeRaw`
        UPDATE "Order" SET "facts" = jsonb_set("facts", '{emailSha1}', 'null')
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])
          AND "facts"->>'emailSha1' IS NOT NULL`;
    },
  };
}

const FACTS_COLUMNS = `"orderId" text, "name" text, "currency" text, "placedAt" timestamptz,
  "updatedAt" timestamptz, "facts" jsonb, "netMinor" bigint, "codes" text[], "state" text, "reason" text,
  ${DECIDED_COLUMNS}`;

// A code is written once a day at most, however many orders come with it: most find nothing to write.
// Locked in one order, so that orders taken in side by side never wait for each other in a circle.
const noteUses = Prisma.sql`
  due AS (
    SELECT code."id", used."at" FROM (
      SELECT r."shop", typed."code", max(r."placedAt") AS "at"
      FROM r, unnest(r."codes") AS typed("code") GROUP BY 1, 2 OFFSET 0) used
    JOIN "Code" code ON code."shop" = used."shop" AND code."code" = used."code"
      AND (code."lastUsedAt" IS NULL OR code."lastUsedAt" < used."at" - interval '1 day')
    ORDER BY code."id" FOR NO KEY UPDATE OF code
  ), noted AS (
    UPDATE "Code" code SET "lastUsedAt" = due."at" FROM due WHERE code."id" = due."id"
  )`;

async function saveFacts(
  sql: RawSql,
  ...[shop, facts, now, options]: Parameters<OrderStore["saveFacts"]>
) {
  if (facts.length === 0) return;
  const isNewer = options?.replacesTies ? Prisma.raw("<=") : Prisma.raw("<");
  const decisions = new Map(options?.decisions?.map((one) => [one.orderId, one]));
  const rows = facts.map((one) => toRow(one, decisions.get(one.orderId)));
  await sql.$executeRaw`
    WITH r AS MATERIALIZED (SELECT * FROM ${rowsOf(shop, rows, FACTS_COLUMNS)} AS r), ${noteUses},
      ${noteAttributions(now)}
    INSERT INTO "Order" AS o ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
                              "netMinor", "codes", "state", "reason", "partnerId", "code", "shares",
                              "receivedAt", "stateSince")
    SELECT r."shop", r."orderId", r."name", r."currency", r."placedAt", r."updatedAt",
           CASE WHEN redacted."orderId" IS NULL THEN r."facts" ELSE r."facts" || ${FORGOTTEN}::jsonb END,
           r."netMinor", r."codes", r."state", r."reason", r."partnerId", r."code", r."shares", ${now}, ${now}
    FROM r LEFT JOIN "RedactedOrder" redacted
      ON redacted."shop" = r."shop" AND redacted."orderId" = r."orderId"
    ON CONFLICT ("shop", "orderId") DO UPDATE
    SET "name" = EXCLUDED."name", "updatedAt" = EXCLUDED."updatedAt", "netMinor" = EXCLUDED."netMinor",
        "currency" = EXCLUDED."currency", "placedAt" = EXCLUDED."placedAt",
        "codes" = EXCLUDED."codes",
        "unreadSince" = CASE WHEN o."unreadSince" > EXCLUDED."updatedAt" THEN o."unreadSince" END,
        "unreadProblem" = CASE WHEN o."unreadSince" > EXCLUDED."updatedAt" THEN o."unreadProblem" END,
        "facts" = EXCLUDED."facts" || jsonb_build_object(
          'emailSha1', COALESCE(o."facts"->'emailSha1', 'null'), 'clicks', ${CLICKS_KEPT})
    WHERE o."updatedAt" ${isNewer} EXCLUDED."updatedAt"`;
}

const UNDECIDED = statusFor("to-send");

function toRow(facts: OrderFacts, decision: OrderDecision | undefined) {
  const kept = decision?.forgets ? { ...facts, emailSha1: null } : facts;
  return {
    orderId: facts.orderId,
    name: facts.name,
    currency: facts.currency,
    placedAt: facts.placedAt,
    updatedAt: facts.updatedAt,
    facts: factsToJson(kept),
    netMinor: orderNetMinor(facts),
    codes: codesOf(facts),
    ...UNDECIDED,
    ...(decision && toDecisionRow(decision)),
  };
}
