import { Prisma, type Conversion as ConversionRow } from "@prisma/client";
import type { Conversion, HeldItem } from "#app/core/conversions/conversion.ts";
import type { ConversionLine } from "#app/core/conversions/conversion-lines.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { OrderReason } from "#app/core/orders/order-state.ts";
import type { ConversionStore } from "#app/core/ports/conversion-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import {
  createRows,
  creditRows,
  savePartOf,
  saveRows,
  saveStandingRows,
  saveTryRows,
} from "./conversion-writes.ts";
import { keysOf, rowsOf } from "./keyed-rows.ts";
import { createSubmissionReads, createSubmissionRows, saveSubmissionRow } from "./submissions.ts";

export function createConversionStore(sql: RawSql): ConversionStore {
  const saveAll: ConversionStore["saveAll"] = (shop, conversions) =>
    saveRows(sql, shop, conversions);

  const listForOrders: ConversionStore["listForOrders"] = async (shop, orderIds) => {
    if (orderIds.length === 0) return [];
    const rows = await sql.$queryRaw<ConversionRow[]>`
      SELECT c.* FROM ${keysOf(shop, "orderId", orderIds)} AS given
      JOIN "Conversion" c ON c."shop" = given."shop" AND c."orderId" = given."orderId"
      ORDER BY c."createdAt", c."part"->'position'`;
    return rows.map(toConversion);
  };

  return {
    async createAll(shop, conversions, now) {
      return (await createRows(sql, shop, conversions, now)).map(toConversion);
    },

    async find(shop, conversionId) {
      const [row] = await sql.$queryRaw<ConversionRow[]>`
        SELECT * FROM "Conversion" WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid`;
      return row ? toConversion(row) : null;
    },

    async findAll(shop, conversionIds) {
      if (conversionIds.length === 0) return [];
      const rows = await sql.$queryRaw<ConversionRow[]>`
        SELECT c.* FROM ${keysOf(shop, "id", conversionIds)} AS given
        JOIN "Conversion" c ON c."shop" = given."shop" AND c."id" = given."id"`;
      return rows.map(toConversion);
    },

    listForOrder: (shop, orderId) => listForOrders(shop, [orderId]),
    listForOrders,

    async findCreditedElsewhere(shop, { accountSid, programId }) {
      const [row] = await sql.$queryRaw<ConversionRow[]>`
        SELECT * FROM "Conversion"
        WHERE "shop" = ${shop} AND "state" = 'credited' AND "accountSid" <> ${accountSid}
          AND "programId" = ${programId}
        ORDER BY "eventAt" DESC LIMIT 1`;
      return row ? toConversion(row) : null;
    },

    async moveAccount(shop, { from, to }) {
      await sql.$executeRaw`
        UPDATE "Conversion" SET "accountSid" = ${to}
        WHERE "shop" = ${shop} AND "accountSid" = ${from}`;
    },

    async saveAmount(shop, conversionId, amountMinor) {
      await sql.$executeRaw`
        UPDATE "Conversion" SET "amountMinor" = ${amountMinor}::bigint
        WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid AND "accountSid" IS NULL`;
    },

    async saveEarner(shop, conversionId, { partnerId, code, clickId }) {
      await sql.$executeRaw`
        UPDATE "Conversion" SET "partnerId" = ${partnerId}, "code" = ${code}, "clickId" = ${clickId}
        WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid AND "accountSid" IS NULL`;
    },

    async saveOrderId(shop, conversionId, impactOrderId) {
      await sql.$executeRaw`
        UPDATE "Conversion" SET "impactOrderId" = ${impactOrderId}
        WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid AND "accountSid" IS NULL`;
    },

    savePart: (shop, conversionId, part) => savePartOf(sql, shop, conversionId, part),

    saveStandings: (shop, standings) => saveStandingRows(sql, shop, standings),

    async remove(shop, conversionId) {
      await sql.$executeRaw`
        DELETE FROM "Conversion"
        WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid AND "accountSid" IS NULL`;
    },

    async forgetCustomers(shop, orderIds) {
      await sql.$executeRaw`
        UPDATE "Conversion" SET "emailSha1" = NULL
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])`;
    },

    async listUnsentForCode(shop, code) {
      const rows = await sql.$queryRaw<ConversionRow[]>`
        SELECT * FROM "Conversion"
        WHERE "shop" = ${shop} AND "code" = ${code} AND "state" IN ('ready', 'sending')
        ORDER BY "eventAt"`;
      return rows.map(toConversion);
    },

    async listUnsentForFamily(shop, of) {
      const those =
        "familyId" in of
          ? Prisma.sql`code."familyId" = ${of.familyId}::uuid`
          : Prisma.sql`code."id" = ANY(${[...of.codeIds]}::uuid[]) AND code."familyId" IS NOT NULL`;
      const rows = await sql.$queryRaw<ConversionRow[]>`
        SELECT c.* FROM "Code" code
        JOIN "Conversion" c ON c."shop" = code."shop" AND c."code" = code."code"
        WHERE code."shop" = ${shop} AND ${those} AND c."state" IN ('ready', 'sending')
        ORDER BY c."eventAt"`;
      return rows.map(toConversion);
    },

    async listUnsentForCodes(shop, codeIds) {
      const rows = await sql.$queryRaw<ConversionRow[]>`
        SELECT c.* FROM "Code" code
        JOIN "Conversion" c ON c."shop" = code."shop" AND c."code" = code."code"
        WHERE code."shop" = ${shop} AND code."id" = ANY(${[...codeIds]}::uuid[])
          AND c."state" IN ('ready', 'sending')
        ORDER BY c."eventAt"`;
      return rows.map(toConversion);
    },

    async claimAll(shop, conversionIds, { now, until }) {
      const rows = await sql.$queryRaw<ConversionRow[]>`
        WITH free AS (
          SELECT c."id" FROM ${keysOf(shop, "id", conversionIds)} AS given
          JOIN "Conversion" c ON c."shop" = given."shop" AND c."id" = given."id"
            AND (c."state" = 'ready' OR (c."state" = 'sending' AND c."leaseUntil" <= ${now}))
          ORDER BY c."id" FOR UPDATE OF c
        )
        UPDATE "Conversion" c
        SET "state" = 'sending', "leaseUntil" = ${until}, "unfinished" = c."unfinished" + 1
        FROM free WHERE c."id" = free."id" RETURNING c.*`;
      return rows.map(toConversion);
    },

    async renewLeases(shop, conversions, until) {
      if (conversions.length === 0) return [];
      const addressed = conversions.map(toAddress);
      const rows = await sql.$queryRaw<{ id: string }[]>`
        UPDATE "Conversion" c
        SET "accountSid" = r."accountSid", "programId" = r."programId", "eventTypeId" = r."eventTypeId",
            "customerStatus" = r."customerStatus", "amountMinor" = r."amountMinor", "lines" = r."lines",
            "attempts" = r."attempts", "settledAt" = NULL, "leaseUntil" = ${until}
        FROM ${rowsOf(shop, addressed, ADDRESS_COLUMNS)} AS r
        WHERE c."shop" = r."shop" AND c."id" = r."id" AND c."leaseUntil" = r."leaseUntil"
        RETURNING c."id"`;
      return rows.map(({ id }) => id);
    },

    saveAll,
    saveTries: (shop, conversions) => saveTryRows(sql, shop, conversions),
    creditAll: (shop, credited, now) => creditRows(sql, shop, credited, now),
    async save(shop, conversion) {
      return (await saveAll(shop, [conversion])).length > 0;
    },

    async restart(shop, conversionId, fresh) {
      await sql.$executeRaw`
        UPDATE "Conversion"
        SET "impactOrderId" = ${fresh.impactOrderId}, "wasReversed" = true, "amountMinor" = ${fresh.amountMinor}::bigint,
            "state" = 'ready', "lines" = '[]', "held" = '[]', "reversedAt" = NULL, "accountSid" = NULL,
            "attempts" = 0, "nextAttemptAt" = NULL, "problem" = NULL, "sentAt" = NULL, "settledAt" = NULL
        WHERE "shop" = ${shop} AND "id" = ${conversionId}::uuid`;
    },

    ...createSubmissionReads(sql),
    saveSubmission: (shop, submission) => saveSubmissionRow(sql, shop, submission),
    saveSubmissions: (shop, submissions) => createSubmissionRows(sql, shop, submissions),
  };
}

const ADDRESS_COLUMNS = `
  "id" uuid, "accountSid" text, "programId" text, "eventTypeId" text, "customerStatus" text,
  "amountMinor" bigint, "lines" jsonb, "attempts" int, "leaseUntil" timestamptz`;

function toAddress(conversion: Conversion) {
  const { id, accountSid, programId, eventTypeId, customerStatus } = conversion;
  const { amountMinor, lines, attempts, leaseUntil } = conversion;
  const where = { id, accountSid, programId, eventTypeId };
  return { ...where, customerStatus, amountMinor, lines, attempts, leaseUntil };
}

function toConversion(row: ConversionRow): Conversion {
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    orderId: row.orderId as OrderId,
    share: row.share,
    part: row.part as unknown as Conversion["part"],
    impactOrderId: row.impactOrderId,
    wasReversed: row.wasReversed,
    programId: row.programId,
    eventTypeId: row.eventTypeId,
    accountSid: row.accountSid,
    partnerId: row.partnerId as PartnerId | null,
    code: row.code as DiscountCode | null,
    clickId: row.clickId,
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
    standing: standingFrom(row),
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    settledAt: row.settledAt,
  };
}

function standingFrom({ standing, standingProblem: problem }: ConversionRow) {
  return standing === null ? null : { reason: standing as OrderReason, problem };
}

/** Only this store writes the column, so its shape is known. */
function linesFromJson(json: Prisma.JsonValue): ConversionLine[] {
  return json as unknown as ConversionLine[];
}
