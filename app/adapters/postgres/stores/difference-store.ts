import { Prisma } from "@prisma/client";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import type {
  Difference,
  RestartedConversion,
  UncodedOrder,
} from "#app/core/ledger/reconciliation.ts";
import type { DifferenceStore } from "#app/core/ports/ledger-stores.ts";
import type { Db } from "../prisma-client.ts";
import { isLookedAt } from "./credited-store.ts";
import { isProgramShared } from "./is-program-shared.ts";

/** As `heldBy` says: one from before holdings were written down holds what was sent. */
const HELD_MINOR = Prisma.sql`(
  SELECT COALESCE(sum(COALESCE(item ->> 'amountMinor', item ->> 'subtotalMinor')::numeric), 0)
  FROM jsonb_array_elements(CASE WHEN c."held" = '[]' THEN c."lines" ELSE c."held" END) item)::bigint`;

const UNCODED: string[] = [
  "left-to-click",
  "no-code",
  "not-a-partner-code",
] satisfies UncodedOrder["reason"][];

export function createDifferenceStore(db: Db): DifferenceStore {
  return {
    async list(shop, { limit }) {
      const rows = await db.difference.findMany({
        where: { shop },
        orderBy: [{ foundAt: "desc" }, { impactOrderId: "asc" }, { kind: "asc" }],
        take: limit,
      });
      return rows.map((row): Difference => ({
        impactOrderId: row.impactOrderId,
        kind: row.kind as Difference["kind"],
        orderId: row.orderId as OrderId | null,
        conversionId: row.conversionId,
        currency: row.currency,
        oursMinor: row.oursMinor === null ? null : Number(row.oursMinor),
        theirsMinor: row.theirsMinor === null ? null : Number(row.theirsMinor),
        ourPartnerId: row.ourPartnerId as PartnerId | null,
        theirPartnerId: row.theirPartnerId as PartnerId | null,
        eventAt: row.eventAt,
        programId: row.programId,
        foundAt: row.foundAt,
      }));
    },

    count: (shop, filter) => db.difference.count({ where: { shop, ...filter } }),

    listReported: (shop, { accountSid, programId }, impactOrderIds) =>
      listConversions(
        db,
        Prisma.sql`c."shop" = ${shop} AND c."accountSid" = ${accountSid}
          AND c."programId" = ${programId} AND c."impactOrderId" = ANY(${impactOrderIds}::text[])`,
      ),

    listRestarted: (shop, orderIds) =>
      listConversions(
        db,
        Prisma.sql`c."shop" = ${shop} AND c."orderId" = ANY(${orderIds}::text[]) AND c."wasReversed"`,
      ),

    async listOwnNames(shop, at, { orderIds, codes }) {
      const [isShared, orders, known] = await Promise.all([
        isProgramShared(db, shop, at),
        db.order.findMany({
          where: { shop, orderId: { in: orderIds } },
          select: { orderId: true, reason: true, placedAt: true },
        }),
        db.code.findMany({ where: { shop, code: { in: codes } }, select: { code: true } }),
      ]);
      return {
        orderIds: new Set(orders.map(({ orderId }) => orderId)),
        uncoded: orders.filter(({ reason }) => UNCODED.includes(reason)) as UncodedOrder[],
        codes: new Set(isShared ? [] : known.map(({ code }) => code as DiscountCode)),
      };
    },

    async markSeen(shop, { seen, live }, { startedAt }) {
      await db.conversion.updateMany({
        where: { shop, id: { in: seen } },
        data: { actionSeenAt: startedAt, liveActionId: null },
      });
      await db.$executeRaw`
        UPDATE "Conversion" c SET "liveActionId" = met."actionId"
        FROM unnest(${live.map((one) => one.conversionId)}::uuid[],
                    ${live.map((one) => one.actionId)}::text[]) AS met ("conversionId", "actionId")
        WHERE c."shop" = ${shop} AND c."id" = met."conversionId"`;
    },

    async save(shop, run, differences, now) {
      const column = <T>(pick: (one: (typeof differences)[number]) => T) => differences.map(pick);
      await db.$executeRaw`
        INSERT INTO "Difference" ("shop", "impactOrderId", "kind", "orderId", "conversionId", "currency",
          "oursMinor", "theirsMinor", "ourPartnerId", "theirPartnerId", "seenBy", "foundAt", "programId",
          "eventAt")
        SELECT ${shop}, d."impactOrderId", d."kind", d."orderId", d."conversionId", d."currency",
          d."oursMinor", d."theirsMinor", d."ourPartnerId", d."theirPartnerId",
          ${run.id}::uuid, ${now}, ${run.programId},
          COALESCE(d."eventAt",
            (SELECT c."eventAt" FROM "Conversion" c WHERE c."id" = d."conversionId"),
            (SELECT o."placedAt" FROM "Order" o WHERE o."shop" = ${shop} AND o."orderId" = d."orderId"))
        FROM unnest(${column((d) => d.impactOrderId)}::text[], ${column((d) => d.kind)}::text[],
          ${column((d) => d.orderId)}::text[], ${column((d) => d.conversionId)}::uuid[],
          ${column((d) => d.currency)}::text[], ${column((d) => d.oursMinor)}::bigint[],
          ${column((d) => d.theirsMinor)}::bigint[], ${column((d) => d.ourPartnerId)}::text[],
          ${column((d) => d.theirPartnerId)}::text[], ${column((d) => d.eventAt)}::timestamptz[])
          AS d ("impactOrderId", "kind", "orderId", "conversionId", "currency", "oursMinor",
            "theirsMinor", "ourPartnerId", "theirPartnerId", "eventAt")
        ON CONFLICT ("shop", "impactOrderId", "kind") DO UPDATE
        SET "orderId" = EXCLUDED."orderId", "conversionId" = EXCLUDED."conversionId",
            "currency" = EXCLUDED."currency", "oursMinor" = EXCLUDED."oursMinor",
            "theirsMinor" = EXCLUDED."theirsMinor", "ourPartnerId" = EXCLUDED."ourPartnerId",
            "theirPartnerId" = EXCLUDED."theirPartnerId", "seenBy" = EXCLUDED."seenBy",
            "programId" = EXCLUDED."programId", "eventAt" = EXCLUDED."eventAt"`;
    },

    async remove(shop, differences) {
      await db.$executeRaw`
        DELETE FROM "Difference" d
        USING unnest(${differences.map((one) => one.impactOrderId)}::text[],
                     ${differences.map((one) => one.kind)}::text[]) AS gone ("impactOrderId", "kind")
        WHERE d."shop" = ${shop} AND d."impactOrderId" = gone."impactOrderId"
          AND d."kind" = gone."kind"`;
    },

    async addMissing(shop, run, { accountSid, programId, settledBefore }, now) {
      await db.$executeRaw`
        INSERT INTO "Difference" ("shop", "impactOrderId", "kind", "orderId", "conversionId", "currency",
          "oursMinor", "ourPartnerId", "seenBy", "foundAt", "programId", "eventAt")
        SELECT c."shop", c."impactOrderId", 'missing-there', c."orderId", c."id", c."currency",
          ${HELD_MINOR},
          c."partnerId", ${run.id}::uuid, ${now}, c."programId", c."eventAt"
        FROM "Conversion" c
        WHERE c."shop" = ${shop} AND c."accountSid" = ${accountSid} AND c."programId" = ${programId}
          AND c."state" = 'credited' AND c."reversedAt" IS NULL AND c."settledAt" <= ${settledBefore}
          AND c."eventAt" >= ${run.from} AND c."eventAt" < ${run.to}
          AND (c."actionSeenAt" IS NULL OR c."actionSeenAt" < ${run.startedAt})
        ON CONFLICT ("shop", "impactOrderId", "kind") DO UPDATE
        SET "oursMinor" = EXCLUDED."oursMinor", "seenBy" = EXCLUDED."seenBy",
            "programId" = EXCLUDED."programId", "eventAt" = EXCLUDED."eventAt"`;
    },

    async forgetUnseen(shop, run, { limit }) {
      return db.$executeRaw`
        DELETE FROM "Difference" d
        USING (SELECT seen."impactOrderId", seen."kind" FROM "Difference" seen
               WHERE seen."shop" = ${shop} AND seen."seenBy" <> ${run.id}::uuid
                 AND ${isLookedAt(run)} LIMIT ${limit}) AS gone
        WHERE d."shop" = ${shop} AND d."impactOrderId" = gone."impactOrderId"
          AND d."kind" = gone."kind"`;
    },
  };
}

const IS_REVERSAL = Prisma.sql`(a."kind" = 'reversal' AND a."state" = 'applied')`;

/** The conversions, rows called `c`, that a condition finds. */
async function listConversions(db: Db, isMeant: Prisma.Sql): Promise<RestartedConversion[]> {
  const rows = await db.$queryRaw<ConversionRow[]>`
    SELECT c."id" AS "conversionId", c."orderId", c."impactOrderId", c."eventTypeId",
      c."partnerId", c."currency", c."state", c."reversedAt" IS NOT NULL AS "isReversed",
      ${HELD_MINOR} AS "heldMinor", c."amountMinor" AS "reportedMinor",
      CASE WHEN bool_or(a."state" IN ('ready', 'sending', 'sent')) THEN NULL
           ELSE greatest(c."settledAt", max(a."settledAt")) END AS "settledAt",
      (count(a."id") FILTER (WHERE ${IS_REVERSAL}))::int AS "reversals",
      max(a."settledAt") FILTER (WHERE ${IS_REVERSAL}) AS "reversedAt",
      c."actionSeenAt", c."liveActionId",
      COALESCE(c."standing", (SELECT o."reason" FROM "Order" o
        WHERE o."shop" = c."shop" AND o."orderId" = c."orderId"), '') = 'credited-to-another' AS "isAnothers"
    FROM "Conversion" c
    LEFT JOIN "Adjustment" a ON a."shop" = c."shop" AND a."conversionId" = c."id"
    WHERE ${isMeant}
    GROUP BY c."id"`;
  return rows.map((row) => ({
    ...row,
    heldMinor: Number(row.heldMinor),
    reportedMinor: Number(row.reportedMinor),
  }));
}

interface ConversionRow extends Omit<RestartedConversion, "heldMinor" | "reportedMinor"> {
  heldMinor: bigint;
  reportedMinor: bigint;
}
