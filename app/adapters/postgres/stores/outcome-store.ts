import type { Submission as SubmissionRow } from "@prisma/client";
import type { OutcomeStore } from "#app/core/ports/outcome-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { keysOf, rowsOf } from "./keyed-rows.ts";
import { toSubmission } from "./submissions.ts";

const COMPLETED_COLUMNS = `"submissionId" text, "partnerId" text, "completedAt" timestamptz`;

export function createOutcomeStore(sql: RawSql): OutcomeStore {
  return {
    async listOpen(shop, submissionIds) {
      const rows = await sql.$queryRaw<SubmissionRow[]>`
        SELECT s.* FROM ${keysOf(shop, "submissionId", submissionIds)} AS given
        JOIN "Submission" s ON s."shop" = given."shop" AND s."submissionId" = given."submissionId"`;
      // Not a condition above: few rows would seem to meet it, and all would be read for them.
      const open = rows.filter((row) => row.state === "queued" && row.adjustmentId === null);
      return open.map(toSubmission);
    },

    async completeAll(shop, submissions, now) {
      await sql.$executeRaw`
        UPDATE "Submission" s
        SET "state" = 'complete', "completedAt" = COALESCE(given."completedAt", ${now}),
            "partnerId" = given."partnerId"
        FROM ${rowsOf(shop, submissions, COMPLETED_COLUMNS)} AS given
        WHERE s."shop" = given."shop" AND s."submissionId" = given."submissionId"`;
    },

    async noteChecks(shop, submissionIds) {
      await sql.$executeRaw`
        UPDATE "Submission" s SET "checks" = s."checks" + 1
        FROM ${keysOf(shop, "submissionId", submissionIds)} AS given
        WHERE s."shop" = given."shop" AND s."submissionId" = given."submissionId"
          AND s."state" = 'queued'`;
    },
  };
}
