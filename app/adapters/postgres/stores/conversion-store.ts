import type {
  Conversion as ConversionRow,
  Prisma,
  Submission as SubmissionRow,
} from "@prisma/client";
import type { Conversion, HeldItem, Submission } from "#app/core/conversions/conversion.ts";
import type { ConversionLine } from "#app/core/conversions/conversion-lines.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { ConversionStore } from "#app/core/ports/conversion-stores.ts";
import type { Db } from "../prisma-client.ts";
import { createRows, createSubmissionRows, saveRows } from "./conversion-writes.ts";

export function createConversionStore(db: Db): ConversionStore {
  const saveAll: ConversionStore["saveAll"] = (shop, conversions) =>
    saveRows(db, shop, conversions);

  return {
    async createAll(shop, conversions, now) {
      return (await createRows(db, shop, conversions, now)).map(toConversion);
    },

    async find(shop, conversionId) {
      const row = await db.conversion.findFirst({ where: { shop, id: conversionId } });
      return row && toConversion(row);
    },

    async findAll(shop, conversionIds) {
      if (conversionIds.length === 0) return [];
      const rows = await db.$queryRaw<ConversionRow[]>`
        SELECT * FROM "Conversion" WHERE "shop" = ${shop} AND "id" = ANY(${conversionIds}::uuid[])`;
      return rows.map(toConversion);
    },

    async listForOrder(shop, orderId) {
      const rows = await db.conversion.findMany({
        where: { shop, orderId },
        orderBy: { createdAt: "asc" },
      });
      return rows.map(toConversion);
    },

    async listForOrders(shop, orderIds) {
      if (orderIds.length === 0) return [];
      const rows = await db.$queryRaw<ConversionRow[]>`
        SELECT * FROM "Conversion" WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])
        ORDER BY "createdAt"`;
      return rows.map(toConversion);
    },

    async saveAmount(shop, conversionId, amountMinor) {
      await db.conversion.updateMany({
        where: { shop, id: conversionId, accountSid: null },
        data: { amountMinor },
      });
    },

    async remove(shop, conversionId) {
      await db.conversion.deleteMany({ where: { shop, id: conversionId, accountSid: null } });
    },

    async forgetCustomers(shop, orderIds) {
      await db.conversion.updateMany({
        where: { shop, orderId: { in: orderIds } },
        data: { emailSha1: null },
      });
    },

    async listUnsentForCode(shop, code) {
      const rows = await db.conversion.findMany({
        where: { shop, code, state: { in: ["ready", "sending"] } },
        orderBy: { eventAt: "asc" },
      });
      return rows.map(toConversion);
    },

    async claimAll(shop, conversionIds, { now, until }) {
      const rows = await db.$queryRaw<ConversionRow[]>`
        WITH free AS (
          SELECT "id" FROM "Conversion"
          WHERE "shop" = ${shop} AND "id" = ANY(${conversionIds}::uuid[])
            AND ("state" = 'ready' OR ("state" = 'sending' AND "leaseUntil" <= ${now}))
          ORDER BY "id" FOR UPDATE
        )
        UPDATE "Conversion" c
        SET "state" = 'sending', "leaseUntil" = ${until}, "unfinished" = c."unfinished" + 1
        FROM free WHERE c."id" = free."id" RETURNING c.*`;
      return rows.map(toConversion);
    },

    async renewLeases(shop, conversions, until) {
      if (conversions.length === 0) return [];
      const rows = await db.$queryRaw<{ id: string }[]>`
        UPDATE "Conversion" c
        SET "accountSid" = r."accountSid", "programId" = r."programId", "eventTypeId" = r."eventTypeId",
            "customerStatus" = r."customerStatus", "amountMinor" = r."amountMinor", "lines" = r."lines",
            "attempts" = r."attempts", "leaseUntil" = ${until}
        FROM jsonb_to_recordset(${JSON.stringify(conversions)}::jsonb)
          AS r("id" uuid, "accountSid" text, "programId" text, "eventTypeId" text, "customerStatus" text,
               "amountMinor" bigint, "lines" jsonb, "attempts" int, "leaseUntil" timestamptz)
        WHERE c."shop" = ${shop} AND c."id" = r."id" AND c."leaseUntil" = r."leaseUntil"
        RETURNING c."id"`;
      return rows.map(({ id }) => id);
    },

    saveAll,
    async save(shop, conversion) {
      return (await saveAll(shop, [conversion])).length > 0;
    },

    async restart(shop, conversionId, fresh) {
      const afresh = { ...fresh, state: "ready", lines: [], held: [], reversedAt: null };
      const untried = { accountSid: null, attempts: 0, nextAttemptAt: null, problem: null };
      await db.conversion.updateMany({
        where: { shop, id: conversionId },
        data: { ...afresh, ...untried, sentAt: null, settledAt: null },
      });
    },

    async saveSubmission(shop, submission) {
      const where = { shop_submissionId: { shop, submissionId: submission.submissionId } };
      await db.submission.upsert({ where, create: { shop, ...submission }, update: submission });
    },

    saveSubmissions: (shop, submissions) => createSubmissionRows(db, shop, submissions),

    async findSubmission(shop, submissionId) {
      const where = { shop_submissionId: { shop, submissionId } };
      const row = await db.submission.findUnique({ where });
      return row && toSubmission(row);
    },

    async listSubmissions(shop, conversionIds) {
      const rows = await db.submission.findMany({
        where: { shop, conversionId: { in: conversionIds } },
        orderBy: { submittedAt: "asc" },
      });
      return rows.map(toSubmission);
    },
  };
}

function toConversion(row: ConversionRow): Conversion {
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    orderId: row.orderId as OrderId,
    share: row.share as Conversion["share"],
    impactOrderId: row.impactOrderId,
    programId: row.programId,
    eventTypeId: row.eventTypeId,
    accountSid: row.accountSid,
    partnerId: row.partnerId as PartnerId,
    code: row.code as DiscountCode,
    currency: row.currency,
    amountMinor: Number(row.amountMinor),
    amountBasis: row.amountBasis as AmountBasis,
    lines: linesFromJson(row.lines),
    held: row.held as unknown as HeldItem[],
    reversedAt: row.reversedAt,
    customerStatus: row.customerStatus as Conversion["customerStatus"],
    emailSha1: row.emailSha1,
    eventAt: row.eventAt,
    state: row.state as Conversion["state"],
    attempts: row.attempts,
    unfinished: row.unfinished,
    leaseUntil: row.leaseUntil,
    nextAttemptAt: row.nextAttemptAt,
    problem: row.problem,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    settledAt: row.settledAt,
  };
}

/** Only this store writes the column, so its shape is known. */
function linesFromJson(json: Prisma.JsonValue): ConversionLine[] {
  return json as unknown as ConversionLine[];
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
