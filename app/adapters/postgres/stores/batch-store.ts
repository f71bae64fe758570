import type { Batch, BatchPart } from "#app/core/batches/batch.ts";
import type { BatchStore } from "#app/core/ports/batch-stores.ts";
import type { Db } from "../prisma-client.ts";
import type { RawSql } from "../raw-sql.ts";
import { createBatchReads, toBatch } from "./batch-reads.ts";
import { createPartWrites } from "./batch-part-writes.ts";

/** What holds many codes runs on `sql`, which costs less memory than Prisma. */
export function createBatchStore(db: Db, sql: RawSql): BatchStore {
  return {
    ...createPartWrites(sql),
    ...createBatchReads(db),

    async create(shop, { plan, ...batch }, now) {
      const data = {
        ...{ ...batch, shop, state: "running", createdAt: now },
        ...(plan && { plan: { ...plan } }),
      };
      const { count } = await db.batch.createMany({ data: [data], skipDuplicates: true });
      const where = { shop_draftKey: { shop, draftKey: batch.draftKey } };
      const made = await db.batch.findUniqueOrThrow({ where, select: { id: true } });
      return { batchId: made.id, isNew: count > 0 };
    },

    async hold(shop, batchId) {
      const [row] = await db.$queryRaw<Pick<Batch, "state">[]>`
        SELECT "state" FROM "Batch"
        WHERE "shop" = ${shop} AND "id" = ${batchId}::uuid FOR UPDATE`;
      return row?.state ?? null;
    },

    async savePlan(shop, batchId, plan) {
      await db.batch.updateMany({ where: { shop, id: batchId }, data: { plan: { ...plan } } });
    },

    async advancePlan(shop, batchId, { before, next }) {
      const isAsFar = { path: ["drawn"], equals: before.drawn };
      const { count } = await db.batch.updateMany({
        where: { shop, id: batchId, state: { in: ["running", "cancelling"] }, plan: isAsFar },
        data: { plan: { ...next } },
      });
      return count > 0;
    },

    async recount(shop, batchId) {
      const where = { batchId, batch: { shop } };
      const { _sum: planned } = await db.batchPart.aggregate({ where, _sum: { codes: true } });
      const data = { codes: planned.codes ?? 0 };
      await db.batch.updateMany({ where: { shop, id: batchId }, data });
    },

    async find(shop, batchId) {
      const row = await db.batch.findFirst({ where: { shop, id: batchId } });
      return row && toBatch(row);
    },

    async findByDraftKey(shop, draftKey) {
      const where = { shop_draftKey: { shop, draftKey } };
      const row = await db.batch.findUnique({ where, select: { id: true } });
      return row?.id ?? null;
    },

    async newestOf(shop, discountId) {
      const orderBy = { createdAt: "desc" } as const;
      const where = { shop, discountId, startsAt: null };
      const row = await db.batch.findFirst({ where, orderBy });
      return row && toBatch(row);
    },

    async claim(shop, batchId, { now, until }) {
      const free = { OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] };
      const { count } = await db.batch.updateMany({
        where: { shop, id: batchId, ...OPEN, ...free },
        data: { leaseUntil: until },
      });
      if (count === 0) return null;
      const row = await db.batch.findFirst({ where: { shop, id: batchId } });
      return row && toBatch(row);
    },

    async findLease(shop, batchId) {
      const where = { shop, id: batchId, ...OPEN };
      const row = await db.batch.findFirst({ where, select: { leaseUntil: true } });
      return row?.leaseUntil ?? null;
    },

    async renew(shop, batchId, { from, until }) {
      const [held] = await db.batch.updateManyAndReturn({
        where: { shop, id: batchId, ...OPEN, leaseUntil: from },
        data: { leaseUntil: until },
        select: { state: true },
      });
      return held ? (held.state as Batch["state"]) : null;
    },

    async save(shop, { id, state, attempts, problem, finishedAt }) {
      const isDone = state === "done" || state === "cancelled";
      await db.batch.updateMany({
        // Codes that are to be tried again may have opened a part or a change since.
        where: {
          shop,
          id,
          ...OPEN,
          ...(isDone && {
            parts: { none: { state: { not: "done" } } },
            changes: { none: { state: "open" } },
          }),
        },
        data: { ...(finishedAt && { state }), attempts, problem, finishedAt, leaseUntil: null },
      });
    },

    async noteProgress(shop, batchId) {
      await db.batch.updateMany({
        where: { shop, id: batchId, OR: [{ attempts: { gt: 0 } }, { problem: { not: null } }] },
        data: { attempts: 0, problem: null },
      });
    },

    async listOpenParts(shop, batchId, limit) {
      const rows = await db.batchPart.findMany({
        where: { batchId, batch: { shop }, state: { not: "done" } },
        // "asked" before "planned".
        orderBy: [{ state: "asc" }, { number: "asc" }],
        take: limit,
      });
      return rows.map((row) => ({ ...row, state: row.state as BatchPart["state"] }));
    },

    async countParts(shop, batchId) {
      return db.batchPart.count({ where: { batchId, batch: { shop } } });
    },

    async saveAsked(shop, batchId, number, asked) {
      const news = asked
        ? { state: "asked", ...asked }
        : { state: "planned", bulkCreationId: null, askedAt: null };
      await db.batchPart.updateMany({ where: { batchId, number, batch: { shop } }, data: news });
    },

    async cancel(shop, batchId) {
      const { count } = await db.batch.updateMany({
        where: { shop, id: batchId, state: { in: ["running", "failed"] } },
        data: { state: "cancelling", attempts: 0, problem: null, finishedAt: null },
      });
      return count > 0;
    },

    async noteUntried(shop, batchId, number) {
      const where = { batchId, number, batch: { shop } };
      await db.batchPart.updateMany({ where, data: { tried: false } });
    },

    async reopen(shop, batchId, state) {
      await db.$executeRaw`
        UPDATE "BatchPart" part
        SET "state" = 'planned', "bulkCreationId" = NULL, "askedAt" = NULL, "doneAt" = NULL
        FROM "Batch" batch
        WHERE batch."id" = part."batchId" AND batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
          AND (batch."finishedAt" IS NOT NULL OR part."state" = 'done')
          AND EXISTS (SELECT FROM "Code" code WHERE code."batchId" = part."batchId"
                      AND code."part" = part."number" AND code."shopifyState" = 'planned')`;
      await db.batch.updateMany({
        where: { shop, id: batchId },
        data: { state, attempts: 0, problem: null, finishedAt: null },
      });
    },
  };
}

/** Somebody works on it, or is to. */
const OPEN = { state: { in: ["running", "cancelling"] } };
