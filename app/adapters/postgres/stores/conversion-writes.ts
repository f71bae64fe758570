import type { Conversion as ConversionRow } from "@prisma/client";
import type { ConversionStore } from "#app/core/ports/conversion-stores.ts";
import type { RawSql } from "../raw-sql.ts";

// Each writes any number of rows in one statement.

/** Gives back those that were not there yet. */
export async function createRows(
  sql: RawSql,
  ...[shop, conversions, now]: Parameters<ConversionStore["createAll"]>
): Promise<ConversionRow[]> {
  if (conversions.length === 0) return [];
  return sql.$queryRaw<ConversionRow[]>`
    INSERT INTO "Conversion" ("id", "shop", "orderId", "share", "impactOrderId", "programId",
      "eventTypeId", "partnerId", "code", "currency", "amountMinor", "amountBasis", "lines",
      "emailSha1", "eventAt", "state", "createdAt")
    SELECT gen_random_uuid(), ${shop}, r."orderId", r."share", r."impactOrderId", r."programId",
      r."eventTypeId", r."partnerId", r."code", r."currency", r."amountMinor", r."amountBasis", '[]',
      r."emailSha1", r."eventAt", 'ready', ${now}
    FROM jsonb_to_recordset(${JSON.stringify(conversions)}::jsonb)
      AS r("orderId" text, "share" text, "impactOrderId" text, "programId" text, "eventTypeId" text,
           "partnerId" text, "code" text, "currency" text, "amountMinor" bigint, "amountBasis" text,
           "emailSha1" text, "eventAt" timestamptz)
    ORDER BY r."impactOrderId"
    ON CONFLICT DO NOTHING
    RETURNING *`;
}

export async function saveRows(
  sql: RawSql,
  ...[shop, conversions]: Parameters<ConversionStore["saveAll"]>
): Promise<string[]> {
  if (conversions.length === 0) return [];
  // A redaction in between must stand: the hash is only ever taken away here.
  const rows = await sql.$queryRaw<{ id: string }[]>`
    UPDATE "Conversion" c
    SET "accountSid" = r."accountSid", "programId" = r."programId", "eventTypeId" = r."eventTypeId",
        "state" = r."state", "amountMinor" = r."amountMinor", "lines" = r."lines", "held" = r."held",
        "reversedAt" = r."reversedAt", "customerStatus" = r."customerStatus",
        "emailSha1" = CASE WHEN r."emailSha1" IS NULL THEN NULL ELSE c."emailSha1" END,
        "attempts" = r."attempts", "leaseUntil" = NULL, "nextAttemptAt" = r."nextAttemptAt",
        "problem" = r."problem", "sentAt" = r."sentAt", "settledAt" = r."settledAt"
    FROM jsonb_to_recordset(${JSON.stringify(conversions)}::jsonb)
      AS r("id" uuid, "accountSid" text, "programId" text, "eventTypeId" text, "state" text,
           "amountMinor" bigint, "lines" jsonb, "held" jsonb, "reversedAt" timestamptz,
           "customerStatus" text, "emailSha1" text, "attempts" int, "leaseUntil" timestamptz,
           "nextAttemptAt" timestamptz, "problem" text, "sentAt" timestamptz, "settledAt" timestamptz)
    WHERE c."shop" = ${shop} AND c."id" = r."id" AND c."leaseUntil" IS NOT DISTINCT FROM r."leaseUntil"
    RETURNING c."id"`;
  return rows.map(({ id }) => id);
}
