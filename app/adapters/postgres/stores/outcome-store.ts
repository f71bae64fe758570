import type { Submission as SubmissionRow } from "@prisma/client";
import type { OutcomeStore } from "#app/core/ports/outcome-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { toSubmission } from "./submissions.ts";

export function createOutcomeStore(sql: RawSql): OutcomeStore {
  return {
    async listOpen(shop, submissionIds) {
      const rows = await sql.$queryRaw<SubmissionRow[]>`
        SELECT * FROM "Submission"
        WHERE "shop" = ${shop} AND "submissionId" = ANY(${submissionIds}::text[])
          AND "state" = 'queued' AND "adjustmentId" IS NULL`;
      return rows.map(toSubmission);
    },

    async completeAll(shop, submissions, now) {
      const rows = JSON.stringify(
        submissions.map(({ submissionId, partnerId, completedAt }) => ({
          submissionId,
          partnerId,
          completedAt,
        })),
      );
      await sql.$executeRaw`
        UPDATE "Submission" s
        SET "state" = 'complete', "completedAt" = COALESCE(given."completedAt", ${now}),
            "partnerId" = given."partnerId"
        FROM json_to_recordset(${rows}::text::json) 
          AS given("submissionId" text, "partnerId" text, "completedAt" timestamptz)
        WHERE s."shop" = ${shop} AND s."submissionId" = given."submissionId"`;
    },

    async noteChecks(shop, submissionIds) {
      await sql.$executeRaw`
        UPDATE "Submission" SET "checks" = "checks" + 1
        WHERE "shop" = ${shop} AND "submissionId" = ANY(${submissionIds}::text[])
          AND "state" = 'queued'`;
    },
  };
}
