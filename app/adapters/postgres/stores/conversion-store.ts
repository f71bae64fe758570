import type {
  Conversion as ConversionRow,
  Prisma,
  Submission as SubmissionRow,
} from "@prisma/client";
import type { Conversion, Submission } from "#app/core/conversions/conversion.ts";
import type { ConversionLine } from "#app/core/conversions/conversion-lines.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { ConversionStore } from "#app/core/ports/store.ts";
import type { Db } from "../prisma-client.ts";

export function createConversionStore(db: Db): ConversionStore {
  return {
    async create(shop, conversion, now) {
      const data = { ...conversion, shop, lines: [], state: "ready", createdAt: now };
      await db.conversion.createMany({ data: [data], skipDuplicates: true });
      const { orderId, share } = conversion;
      const row = await db.conversion.findUniqueOrThrow({
        where: { shop_orderId_share: { shop, orderId, share } },
      });
      return toConversion(row);
    },

    async find(shop, conversionId) {
      const row = await db.conversion.findFirst({ where: { shop, id: conversionId } });
      return row && toConversion(row);
    },

    async listForOrder(shop, orderId) {
      const rows = await db.conversion.findMany({
        where: { shop, orderId },
        orderBy: { createdAt: "asc" },
      });
      return rows.map(toConversion);
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

    async claim(shop, conversionId, { now, until }) {
      const [row] = await db.conversion.updateManyAndReturn({
        where: {
          shop,
          id: conversionId,
          OR: [{ state: "ready" }, { state: "sending", leaseUntil: { lte: now } }],
        },
        data: { state: "sending", leaseUntil: until },
      });
      return row ? toConversion(row) : null;
    },

    async renewLease(shop, conversion, until) {
      const { accountSid, programId, eventTypeId, customerStatus } = conversion;
      const lines = conversion.lines.map((line) => ({ ...line }));
      const { count } = await db.conversion.updateMany({
        where: { shop, id: conversion.id, leaseUntil: conversion.leaseUntil },
        data: { accountSid, programId, eventTypeId, customerStatus, lines, leaseUntil: until },
      });
      return count > 0;
    },

    async save(shop, conversion) {
      const { count } = await db.conversion.updateMany({
        where: { shop, id: conversion.id, leaseUntil: conversion.leaseUntil },
        data: {
          accountSid: conversion.accountSid,
          programId: conversion.programId,
          eventTypeId: conversion.eventTypeId,
          state: conversion.state,
          lines: conversion.lines.map((line) => ({ ...line })),
          customerStatus: conversion.customerStatus,
          // A redaction in between must stand: the hash is only ever taken away here.
          ...(conversion.emailSha1 === null && { emailSha1: null }),
          attempts: conversion.attempts,
          leaseUntil: null,
          nextAttemptAt: conversion.nextAttemptAt,
          problem: conversion.problem,
          sentAt: conversion.sentAt,
          settledAt: conversion.settledAt,
        },
      });
      return count > 0;
    },

    async saveSubmission(shop, submission) {
      const where = { shop_submissionId: { shop, submissionId: submission.submissionId } };
      await db.submission.upsert({ where, create: { shop, ...submission }, update: submission });
    },

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
    lines: linesFromJson(row.lines),
    customerStatus: row.customerStatus as Conversion["customerStatus"],
    emailSha1: row.emailSha1,
    eventAt: row.eventAt,
    state: row.state as Conversion["state"],
    attempts: row.attempts,
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

function toSubmission(row: SubmissionRow): Submission {
  return {
    submissionId: row.submissionId,
    conversionId: row.conversionId,
    state: row.state as Submission["state"],
    errorType: row.errorType,
    errorReason: row.errorReason,
    partnerId: row.partnerId as PartnerId | null,
    checks: row.checks,
    submittedAt: row.submittedAt,
    completedAt: row.completedAt,
  };
}
