import { Prisma, type Submission as SubmissionRow } from "@prisma/client";
import type { Submission } from "#app/core/conversions/conversion.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { ConversionStore } from "#app/core/ports/conversion-stores.ts";
import type { RawSql } from "../raw-sql.ts";

/** impact.com's receipts, as the store of conversions keeps them. */
export function createSubmissionReads(
  sql: RawSql,
): Pick<ConversionStore, "findSubmission" | "listSubmissions"> {
  return {
    async findSubmission(shop, submissionId) {
      const [row] = await sql.$queryRaw<SubmissionRow[]>`
        SELECT * FROM "Submission" WHERE "shop" = ${shop} AND "submissionId" = ${submissionId}`;
      return row ? toSubmission(row) : null;
    },

    async listSubmissions(shop, conversionIds) {
      const rows = await sql.$queryRaw<SubmissionRow[]>`
        SELECT * FROM "Submission"
        WHERE "shop" = ${shop} AND "conversionId" = ANY(${conversionIds}::uuid[])
        ORDER BY "submittedAt"`;
      return rows.map(toSubmission);
    },
  };
}

/** One that is there already stays as it is. */
export async function createSubmissionRows(
  sql: RawSql,
  shop: ShopDomain,
  submissions: readonly Submission[],
): Promise<void> {
  if (submissions.length === 0) return;
  await sql.$executeRaw`${insertOf(shop, submissions)} ON CONFLICT DO NOTHING`;
}

export async function saveSubmissionRow(
  sql: RawSql,
  shop: ShopDomain,
  submission: Submission,
): Promise<void> {
  await sql.$executeRaw`
    ${insertOf(shop, [submission])}
    ON CONFLICT ("shop", "submissionId") DO UPDATE
    SET "conversionId" = EXCLUDED."conversionId", "adjustmentId" = EXCLUDED."adjustmentId",
        "state" = EXCLUDED."state", "errorType" = EXCLUDED."errorType",
        "errorReason" = EXCLUDED."errorReason", "partnerId" = EXCLUDED."partnerId",
        "checks" = EXCLUDED."checks", "submittedAt" = EXCLUDED."submittedAt",
        "completedAt" = EXCLUDED."completedAt"`;
}

function insertOf(shop: ShopDomain, submissions: readonly Submission[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Submission" ("shop", "submissionId", "conversionId", "adjustmentId", "state",
      "errorType", "errorReason", "partnerId", "checks", "submittedAt", "completedAt")
    SELECT ${shop}, r."submissionId", r."conversionId", r."adjustmentId", r."state",
      r."errorType", r."errorReason", r."partnerId", r."checks", r."submittedAt", r."completedAt"
    FROM json_to_recordset(${JSON.stringify(submissions)}::text::json)
      AS r("submissionId" text, "conversionId" uuid, "adjustmentId" uuid, "state" text,
           "errorType" text, "errorReason" text, "partnerId" text, "checks" int,
           "submittedAt" timestamptz, "completedAt" timestamptz)`;
}

export function toSubmission(row: SubmissionRow): Submission {
  return {
    submissionId: row.submissionId,
    conversionId: row.conversionId,
    adjustmentId: row.adjustmentId,
    state: row.state as Submission["state"],
    errorType: row.errorType,
    errorReason: row.errorReason,
    partnerId: row.partnerId as PartnerId | null,
    checks: row.checks,
    submittedAt: row.submittedAt,
    completedAt: row.completedAt,
  };
}
