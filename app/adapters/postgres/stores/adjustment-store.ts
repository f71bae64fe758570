import type { Adjustment as AdjustmentRow, Prisma } from "@prisma/client";
import type { Adjustment } from "#app/core/adjustments/adjustment.ts";
import type { HeldItem } from "#app/core/conversions/conversion.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { AdjustmentStore } from "#app/core/ports/adjustment-stores.ts";
import type { Db } from "../prisma-client.ts";

export function createAdjustmentStore(db: Db): AdjustmentStore {
  return {
    async create(shop, adjustment, now) {
      const target = targetToJson(adjustment.target);
      const data = { ...adjustment, target, shop, state: "ready", createdAt: now };
      // The partial unique index lets one on its way in for each conversion.
      const [row] = await db.adjustment.createManyAndReturn({ data: [data], skipDuplicates: true });
      return row ? toAdjustment(row) : null;
    },

    async find(shop, adjustmentId) {
      const row = await db.adjustment.findFirst({ where: { shop, id: adjustmentId } });
      return row && toAdjustment(row);
    },

    async newestFor(shop, conversionId) {
      const [row] = await db.$queryRaw<AdjustmentRow[]>`
        SELECT * FROM "Adjustment" WHERE "shop" = ${shop} AND "conversionId" = ${conversionId}::uuid
        ORDER BY ("state" IN ('ready', 'sending', 'sent')) DESC, "createdAt" DESC, "settledAt" DESC
        LIMIT 1`;
      return row ? toAdjustment(row) : null;
    },

    async listForOrder(shop, orderId) {
      const rows = await db.adjustment.findMany({
        where: { shop, orderId },
        orderBy: { createdAt: "asc" },
      });
      return rows.map(toAdjustment);
    },

    async listOverdue(shop, { before, limit }) {
      const rows = await db.adjustment.findMany({
        where: { shop, state: "ready", createdAt: { lt: before } },
        orderBy: { createdAt: "asc" },
        take: limit,
      });
      return rows.map(toAdjustment);
    },

    async claim(shop, adjustmentId, { now, until }) {
      const [row] = await db.adjustment.updateManyAndReturn({
        where: {
          shop,
          id: adjustmentId,
          OR: [{ state: "ready" }, { state: "sending", leaseUntil: { lte: now } }],
        },
        data: { state: "sending", leaseUntil: until },
      });
      return row ? toAdjustment(row) : null;
    },

    async renewLease(shop, adjustment, until) {
      const { kind, disposition, fromMinor, toMinor, attempts } = adjustment;
      const target = targetToJson(adjustment.target);
      const { count } = await db.adjustment.updateMany({
        where: { shop, id: adjustment.id, leaseUntil: adjustment.leaseUntil },
        data: { kind, disposition, target, fromMinor, toMinor, attempts, leaseUntil: until },
      });
      return count > 0;
    },

    async save(shop, adjustment) {
      const { count } = await db.adjustment.updateMany({
        where: { shop, id: adjustment.id, leaseUntil: adjustment.leaseUntil },
        data: {
          kind: adjustment.kind,
          disposition: adjustment.disposition,
          target: targetToJson(adjustment.target),
          toMinor: adjustment.toMinor,
          state: adjustment.state,
          reason: adjustment.reason,
          attempts: adjustment.attempts,
          leaseUntil: null,
          nextAttemptAt: adjustment.nextAttemptAt,
          problem: adjustment.problem,
          sentAt: adjustment.sentAt,
          settledAt: adjustment.settledAt,
        },
      });
      return count > 0;
    },

    async remove(shop, { id, leaseUntil }) {
      const { count } = await db.adjustment.deleteMany({ where: { shop, id, leaseUntil } });
      return count > 0;
    },
  };
}

function targetToJson(target: HeldItem[]): Prisma.InputJsonValue {
  return target.map(({ sku, quantity, amountMinor }) => ({ sku, quantity, amountMinor }));
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
    leaseUntil: row.leaseUntil,
    nextAttemptAt: row.nextAttemptAt,
    problem: row.problem,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    settledAt: row.settledAt,
  };
}
