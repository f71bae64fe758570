import { Prisma } from "@prisma/client";
import { leadingCode, type Credited } from "#app/core/attribution/attribution.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { Order } from "#app/core/orders/order.ts";
import { orderNetMinor } from "#app/core/orders/order-facts.ts";
import type { OrderStore } from "#app/core/ports/order-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { factsToJson, refundToJson } from "./facts-json.ts";
import { CLICKS_KEPT, FORGOTTEN } from "./kept-facts.ts";
import { rowsOf } from "./keyed-rows.ts";
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

const STATUS_COLUMNS = `"orderId" text, "state" text, "reason" text, "problem" text`;

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
  "updatedAt" timestamptz, "facts" jsonb, "netMinor" bigint, "codes" text[]`;

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
  const rows = facts.map((one) => ({
    orderId: one.orderId,
    name: one.name,
    currency: one.currency,
    placedAt: one.placedAt,
    updatedAt: one.updatedAt,
    facts: factsToJson(one),
    netMinor: orderNetMinor(one),
    codes: [...new Set(one.typedCodes.map(normalizeCode))],
  }));
  await sql.$executeRaw`
    WITH r AS MATERIALIZED (SELECT * FROM ${rowsOf(shop, rows, FACTS_COLUMNS)} AS r), ${noteUses}
    INSERT INTO "Order" AS o ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
                              "netMinor", "codes", "state", "reason", "receivedAt", "stateSince")
    SELECT r."shop", r."orderId", r."name", r."currency", r."placedAt", r."updatedAt",
           CASE WHEN redacted."orderId" IS NULL THEN r."facts" ELSE r."facts" || ${FORGOTTEN}::jsonb END,
           r."netMinor", r."codes", 'waiting', 'to-send', ${now}, ${now}
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

const DECISION_COLUMNS = `${STATUS_COLUMNS}, "attribution" jsonb, "partnerId" text, "code" text,
  "shares" jsonb, "forgets" boolean`;

/** Null where one code earns the whole: then partner and code say all. */
function sharesOf({ shares }: Credited): Order["shares"] {
  if (shares.length === 1 && shares[0].by.kind === "code") return null;
  return shares.map(({ partner, weight, by }) => {
    return { partner, weight, code: by.kind === "code" ? by.code : null };
  });
}

async function saveDecisions(
  sql: RawSql,
  ...[shop, decisions, now]: Parameters<OrderStore["saveDecisions"]>
) {
  if (decisions.length === 0) return;
  const shown = shownStatus("d");
  const rows = decisions.map((decision) => {
    const { attribution } = decision;
    const credited = attribution?.outcome === "credited" ? attribution : null;
    const partnerId = credited?.shares[0].partner?.partnerId;
    const code = credited && leadingCode(credited);
    return { ...decision, partnerId, code, shares: credited && sharesOf(credited) };
  });
  await sql.$executeRaw`
    WITH d AS (SELECT * FROM ${rowsOf(shop, rows, DECISION_COLUMNS)} AS d), attributed AS (
      INSERT INTO "Attribution" AS a ("shop", "orderId", "decision", "decidedAt")
      SELECT ${shop}, d."orderId", d."attribution", ${now} FROM d WHERE d."attribution" IS NOT NULL
      ON CONFLICT ("shop", "orderId") DO UPDATE
      SET "decision" = EXCLUDED."decision", "decidedAt" = EXCLUDED."decidedAt"
      WHERE a."decision" <> EXCLUDED."decision"
    )
    UPDATE "Order" o
    SET "state" = ${shown.state}, "reason" = ${shown.reason}, "problem" = ${shown.problem},
        "stateSince" = CASE WHEN o."reason" = ${shown.reason} THEN o."stateSince" ELSE ${now} END,
        "partnerId" = CASE WHEN d."attribution" IS NULL THEN o."partnerId" ELSE d."partnerId" END,
        "code" = CASE WHEN d."attribution" IS NULL THEN o."code" ELSE d."code" END,
        "shares" = CASE WHEN d."attribution" IS NULL THEN o."shares" ELSE d."shares" END,
        "facts" = CASE WHEN d."forgets" THEN jsonb_set(o."facts", '{emailSha1}', 'null')
                  ELSE o."facts" END
    FROM d
    WHERE o."shop" = d."shop" AND o."orderId" = d."orderId"`;
}
