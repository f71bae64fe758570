import { Prisma, type Adjustment as AdjustmentRow } from "@prisma/client";
import type { Adjustment } from "#app/core/adjustments/adjustment.ts";
import type { HeldItem } from "#app/core/conversions/conversion.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { AdjustmentStore } from "#app/core/ports/adjustment-stores.ts";
import type { RawSql } from "../raw-sql.ts";

export function createAdjustmentStore(sql: RawSql): AdjustmentStore {
  return {
    async create(shop, adjustment, now) {
      const { orderId, conversionId, kind, disposition, currency, fromMinor, toMinor } = adjustment;
      // The partial unique index lets one on its way in for each conversion.
      const [row] = await sql.$queryRaw<AdjustmentRow[]>`
        INSERT INTO "Adjustment" ("id", "shop", "orderId", "conversionId", "kind", "disposition",
          "target", "currency", "fromMinor", "toMinor", "state", "createdAt")
        VALUES (gen_random_uuid(), ${shop}, ${orderId}, ${conversionId}::uuid, ${kind}, ${disposition},
          ${targetToJson(adjustment.target)}::jsonb, ${currency}, ${fromMinor}::bigint,
          ${toMinor}::bigint, 'ready', ${now}::timestamptz)
        ON CONFLICT DO NOTHING RETURNING *`;
      return row ? toAdjustment(row) : null;
    },

    async find(shop, adjustmentId) {
      const [row] = await sql.$queryRaw<AdjustmentRow[]>`
        SELECT * FROM "Adjustment" WHERE "shop" = ${shop} AND "id" = ${adjustmentId}::uuid`;
      return row ? toAdjustment(row) : null;
    },

    async newestFor(shop, conversionId) {
      const [row] = await sql.$queryRaw<AdjustmentRow[]>`
        SELECT * FROM "Adjustment" WHERE "shop" = ${shop} AND "conversionId" = ${conversionId}::uuid
        ORDER BY ("state" IN ('ready', 'sending', 'sent')) DESC, "createdAt" DESC, "settledAt" DESC
        LIMIT 1`;
      return row ? toAdjustment(row) : null;
    },

    async listForOrder(shop, orderId) {
      const rows = await sql.$queryRaw<AdjustmentRow[]>`
        SELECT * FROM "Adjustment" WHERE "shop" = ${shop} AND "orderId" = ${orderId}
        ORDER BY "createdAt"`;
      return rows.map(toAdjustment);
    },

    async listOverdue(shop, { before, limit }) {
      const rows = await sql.$queryRaw<AdjustmentRow[]>`
        SELECT * FROM "Adjustment"
        WHERE "shop" = ${shop} AND "state" = 'ready' AND "createdAt" < ${before}
        ORDER BY "createdAt" LIMIT ${limit}`;
      return rows.map(toAdjustment);
    },

    async claim(shop, adjustmentId, { now, until }) {
      const [row] = await sql.$queryRaw<AdjustmentRow[]>`
        UPDATE "Adjustment" SET "state" = 'sending', "leaseUntil" = ${until}, "unfinished" = "unfinished" + 1
        WHERE "shop" = ${shop} AND "id" = ${adjustmentId}::uuid
          AND ("state" = 'ready' OR ("state" = 'sending' AND "leaseUntil" <= ${now}))
        RETURNING *`;
      return row ? toAdjustment(row) : null;
    },

    async renewLease(shop, adjustment, until) {
      const { kind, disposition, fromMinor, toMinor, attempts } = adjustment;
      const count = await sql.$executeRaw`
        UPDATE "Adjustment"
        SET "kind" = ${kind}, "disposition" = ${disposition},
            "target" = ${targetToJson(adjustment.target)}::jsonb, "fromMinor" = ${fromMinor}::bigint,
            "toMinor" = ${toMinor}::bigint, "attempts" = ${attempts}::int, "leaseUntil" = ${until}
        WHERE ${heldAsIn(shop, adjustment)}`;
      return count > 0;
    },

    async save(shop, adjustment) {
      const { kind, disposition, toMinor, state, reason, attempts, problem } = adjustment;
      const count = await sql.$executeRaw`
        UPDATE "Adjustment"
        SET "kind" = ${kind}, "disposition" = ${disposition},
            "target" = ${targetToJson(adjustment.target)}::jsonb, "toMinor" = ${toMinor}::bigint,
            "state" = ${state}, "reason" = ${reason}, "attempts" = ${attempts}::int,
            "unfinished" = 0, "leaseUntil" = NULL, "nextAttemptAt" = ${adjustment.nextAttemptAt}, "problem" = ${problem},
            "sentAt" = ${adjustment.sentAt}, "settledAt" = ${adjustment.settledAt}
        WHERE ${heldAsIn(shop, adjustment)}`;
      return count > 0;
    },

    async remove(shop, adjustment) {
      const count = await sql.$executeRaw`
        DELETE FROM "Adjustment" WHERE ${heldAsIn(shop, adjustment)}`;
      return count > 0;
    },
  };
}

/** Nobody else has taken it since it was read. */
function heldAsIn(shop: ShopDomain, { id, leaseUntil }: Adjustment): Prisma.Sql {
  return Prisma.sql`"shop" = ${shop} AND "id" = ${id}::uuid
    AND "leaseUntil" IS NOT DISTINCT FROM ${leaseUntil}::timestamptz`;
}

function targetToJson(target: HeldItem[]): string {
  const items = target.map(({ sku, quantity, amountMinor }) => ({ sku, quantity, amountMinor }));
  return JSON.stringify(items);
}

function toAdjustment(row: AdjustmentRow): Adjustment {
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    orderId: row.orderId as OrderId,
    conversionId: row.conversionId,
    kind: row.kind as Adjustment["kind"],
    disposition: row.disposition as Adjustment["disposition"],
    // Only this store writes the column, so its shape is known.
    target: row.target as unknown as HeldItem[],
    currency: row.currency,
    fromMinor: Number(row.fromMinor),
    toMinor: Number(row.toMinor),
    state: row.state as Adjustment["state"],
    reason: row.reason as Adjustment["reason"],
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
