import { Prisma, type Conversion as ConversionRow } from "@prisma/client";
import type { ConversionStore } from "#app/core/ports/conversion-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { rowsOf } from "./keyed-rows.ts";

// Each writes any number of rows in one statement.

/** A redaction in between must stand: the hash is only ever taken away. */
const HASH_OR_NONE = Prisma.sql`
  "emailSha1" = CASE WHEN r."emailSha1" IS NULL THEN NULL ELSE c."emailSha1" END`;

/** Gives back those that were not there yet. */
export async function createRows(
  sql: RawSql,
  ...[shop, conversions, now]: Parameters<ConversionStore["createAll"]>
): Promise<ConversionRow[]> {
  if (conversions.length === 0) return [];
  return sql.$queryRaw<ConversionRow[]>`
    INSERT INTO "Conversion" ("id", "shop", "orderId", "share", "part", "impactOrderId", "programId",
      "eventTypeId", "partnerId", "code", "clickId", "currency", "amountMinor", "amountBasis", "lines",
      "emailSha1", "eventAt", "state", "standing", "createdAt")
    SELECT gen_random_uuid(), ${shop}, r."orderId", r."share", r."part", r."impactOrderId",
      r."programId", r."eventTypeId", r."partnerId", r."code", r."clickId", r."currency",
      r."amountMinor", r."amountBasis", '[]', r."emailSha1", r."eventAt", 'ready',
      CASE WHEN r."part" IS NOT NULL THEN 'to-send' END, ${now}
    FROM json_to_recordset(${JSON.stringify(conversions)}::text::json)
      AS r("orderId" text, "share" text, "part" jsonb, "impactOrderId" text, "programId" text,
           "eventTypeId" text, "partnerId" text, "code" text, "clickId" text, "currency" text,
           "amountMinor" bigint, "amountBasis" text, "emailSha1" text, "eventAt" timestamptz)
    ORDER BY r."impactOrderId"
    ON CONFLICT DO NOTHING
    RETURNING *`;
}

export async function saveRows(
  sql: RawSql,
  ...[shop, conversions]: Parameters<ConversionStore["saveAll"]>
): Promise<string[]> {
  if (conversions.length === 0) return [];
  const rows = await sql.$queryRaw<{ id: string }[]>`
    UPDATE "Conversion" c
    SET "accountSid" = r."accountSid", "programId" = r."programId", "eventTypeId" = r."eventTypeId",
        "partnerId" = COALESCE(c."partnerId", r."partnerId"), "state" = r."state",
        "amountMinor" = r."amountMinor", "lines" = r."lines", "held" = r."held",
        "reversedAt" = r."reversedAt", "customerStatus" = r."customerStatus",
        ${HASH_OR_NONE},
        "attempts" = r."attempts", "unfinished" = 0, "leaseUntil" = NULL, "nextAttemptAt" = r."nextAttemptAt",
        "problem" = r."problem", "sentAt" = r."sentAt", "settledAt" = r."settledAt"
    FROM json_to_recordset(${JSON.stringify(conversions)}::text::json)
      AS r("id" uuid, "accountSid" text, "programId" text, "eventTypeId" text, "partnerId" text, "state" text,
           "amountMinor" bigint, "lines" jsonb, "held" jsonb, "reversedAt" timestamptz,
           "customerStatus" text, "emailSha1" text, "attempts" int, "leaseUntil" timestamptz,
           "nextAttemptAt" timestamptz, "problem" text, "sentAt" timestamptz, "settledAt" timestamptz)
    WHERE c."shop" = ${shop} AND c."id" = r."id" AND c."leaseUntil" IS NOT DISTINCT FROM r."leaseUntil"
    RETURNING c."id"`;
  return rows.map(({ id }) => id);
}

const TRY_COLUMNS = `
  "id" uuid, "accountSid" text, "state" text, "emailSha1" text, "attempts" int, "leaseUntil" timestamptz,
  "nextAttemptAt" timestamptz, "problem" text, "sentAt" timestamptz, "settledAt" timestamptz`;

export async function saveTryRows(
  sql: RawSql,
  ...[shop, conversions]: Parameters<ConversionStore["saveTries"]>
): Promise<string[]> {
  if (conversions.length === 0) return [];
  const tries = conversions.map((one) => ({
    id: one.id,
    accountSid: one.accountSid,
    state: one.state,
    emailSha1: one.emailSha1,
    attempts: one.attempts,
    leaseUntil: one.leaseUntil,
    nextAttemptAt: one.nextAttemptAt,
    problem: one.problem,
    sentAt: one.sentAt,
    settledAt: one.settledAt,
  }));
  const rows = await sql.$queryRaw<{ id: string }[]>`
    UPDATE "Conversion" c
    SET "accountSid" = CASE WHEN r."accountSid" IS NULL THEN NULL ELSE c."accountSid" END,
        "lines" = CASE WHEN r."accountSid" IS NULL THEN '[]' ELSE c."lines" END,
        "state" = r."state", ${HASH_OR_NONE}, "attempts" = r."attempts", "unfinished" = 0,
        "leaseUntil" = NULL, "nextAttemptAt" = r."nextAttemptAt", "problem" = r."problem", "sentAt" = r."sentAt",
        "settledAt" = r."settledAt"
    FROM ${rowsOf(shop, tries, TRY_COLUMNS)} AS r
    WHERE c."shop" = r."shop" AND c."id" = r."id" AND c."leaseUntil" IS NOT DISTINCT FROM r."leaseUntil"
    RETURNING c."id"`;
  return rows.map(({ id }) => id);
}

const CREDITED_COLUMNS = `"id" uuid, "impactOrderId" text, "held" jsonb, "partnerId" text`;

/** The hash has done its work once impact.com has decided. */
export async function creditRows(
  sql: RawSql,
  ...[shop, credited, now]: Parameters<ConversionStore["creditAll"]>
): Promise<string[]> {
  if (credited.length === 0) return [];
  const given = credited.map(({ id, impactOrderId, held, partnerId }) => {
    return { id, impactOrderId, held, partnerId };
  });
  const rows = await sql.$queryRaw<{ id: string }[]>`
    UPDATE "Conversion" c
    SET "state" = 'credited', "held" = r."held", "settledAt" = ${now}, "problem" = NULL,
        "emailSha1" = NULL, "partnerId" = COALESCE(c."partnerId", r."partnerId")
    FROM ${rowsOf(shop, given, CREDITED_COLUMNS)} AS r
    WHERE c."shop" = r."shop" AND c."id" = r."id" AND c."state" = 'sent'
      AND c."impactOrderId" = r."impactOrderId"
    RETURNING c."id"`;
  return rows.map(({ id }) => id);
}

export async function saveStandingRows(
  sql: RawSql,
  ...[shop, standings]: Parameters<ConversionStore["saveStandings"]>
): Promise<void> {
  if (standings.length === 0) return;
  const rows = standings.map(({ conversionId: id, reason, problem }) => ({ id, reason, problem }));
  await sql.$executeRaw`
    UPDATE "Conversion" c SET "standing" = r."reason", "standingProblem" = r."problem"
    FROM ${rowsOf(shop, rows, `"id" uuid, "reason" text, "problem" text`)} AS r
    WHERE c."shop" = r."shop" AND c."id" = r."id"`;
}

export async function savePartOf(
  sql: RawSql,
  ...[shop, conversionId, part]: Parameters<ConversionStore["savePart"]>
): Promise<void> {
  await sql.$executeRaw`
    UPDATE "Conversion" SET "part" = ${JSON.stringify(part)}::jsonb
    WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid`;
}
