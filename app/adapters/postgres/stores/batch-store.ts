import type { Batch as BatchRow } from "@prisma/client";
import type { Batch, BatchPart, PlannedCode } from "#app/core/batches/batch.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { BatchStore } from "#app/core/ports/batch-stores.ts";
import type { Db } from "../prisma-client.ts";

export function createBatchStore(db: Db): BatchStore {
  return {
    async find(shop, batchId) {
      const row = await db.batch.findFirst({ where: { shop, id: batchId } });
      return row && toBatch(row);
    },

    async newestOf(shop, discountId) {
      const orderBy = { createdAt: "desc" } as const;
      const row = await db.batch.findFirst({ where: { shop, discountId }, orderBy });
      return row && toBatch(row);
    },

    async claim(shop, batchId, { now, until }) {
      const free = { OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] };
      const { count } = await db.batch.updateMany({
        where: { shop, id: batchId, state: "running", ...free },
        data: { leaseUntil: until },
      });
      if (count === 0) return null;
      const row = await db.batch.findFirst({ where: { shop, id: batchId } });
      return row && toBatch(row);
    },

    async findLease(shop, batchId) {
      const where = { shop, id: batchId, state: "running" };
      const row = await db.batch.findFirst({ where, select: { leaseUntil: true } });
      return row?.leaseUntil ?? null;
    },

    async renew(shop, batchId, { from, until }) {
      const where = { shop, id: batchId, state: "running", leaseUntil: from };
      const { count } = await db.batch.updateMany({ where, data: { leaseUntil: until } });
      return count > 0;
    },

    async save(shop, { id, state, attempts, problem, finishedAt }) {
      await db.batch.updateMany({
        where: { shop, id, state: "running" },
        data: { state, attempts, problem, finishedAt, leaseUntil: null },
      });
    },

    async noteProgress(shop, batchId) {
      await db.batch.updateMany({
        where: { shop, id: batchId, attempts: { gt: 0 } },
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

    listPlanned: (...asked) => listPlanned(db, ...asked),

    async saveAsked(shop, batchId, number, asked) {
      const news = asked
        ? { state: "asked", ...asked }
        : { state: "planned", bulkCreationId: null, askedAt: null };
      await db.batchPart.updateMany({ where: { batchId, number, batch: { shop } }, data: news });
    },

    settlePart: (...settled) => settlePart(db, ...settled),

    async reopen(shop, batchId) {
      await db.batch.updateMany({
        where: { shop, id: batchId },
        data: { state: "running", attempts: 0, problem: null, finishedAt: null, leaseUntil: null },
      });
      await db.$executeRaw`
        UPDATE "BatchPart" part
        SET "state" = 'planned', "bulkCreationId" = NULL, "askedAt" = NULL, "doneAt" = NULL
        FROM "Batch" batch
        WHERE batch."id" = part."batchId" AND batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
          AND EXISTS (SELECT FROM "Code" code WHERE code."batchId" = part."batchId"
                      AND code."part" = part."number" AND code."shopifyState" = 'planned')`;
    },
  };
}

async function listPlanned(
  db: Db,
  ...[shop, batchId, parts]: Parameters<BatchStore["listPlanned"]>
) {
  const rows = await db.$queryRaw<(PlannedCode & { part: number })[]>`
    SELECT "id", "code", "part" FROM "Code"
    WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "part" = ANY(${[...parts]}::int[])
      AND "shopifyState" = 'planned'
    ORDER BY "code"`;
  const byPart = new Map<number, PlannedCode[]>();
  for (const { part, ...code } of rows) {
    const codes = byPart.get(part);
    if (codes) codes.push(code);
    else byPart.set(part, [code]);
  }
  return byPart;
}

async function settlePart(
  db: Db,
  ...[shop, batchId, part, failed, now]: Parameters<BatchStore["settlePart"]>
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; shopifyState: string }[]>`
    UPDATE "Code" code
    SET "shopifyState" = CASE WHEN refused."codeId" IS NULL THEN 'live' ELSE 'failed' END,
        "shopifyProblem" = refused."problem",
        "liveAt" = CASE WHEN refused."codeId" IS NULL THEN ${now}::timestamptz END
    FROM "Code" mine
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(failed)}::jsonb)
      AS refused("codeId" uuid, "problem" text) ON refused."codeId" = mine."id"
    WHERE mine."id" = code."id" AND code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid
      AND code."part" = ${part} AND code."shopifyState" = 'planned'
    RETURNING code."id", code."shopifyState"`;
  await db.$executeRaw`
    UPDATE "BatchPart" part
    SET "state" = 'done', "doneAt" = ${now},
        "live" = made."live", "failed" = made."failed"
    FROM (SELECT count(*) FILTER (WHERE "shopifyState" = 'live')::int AS "live",
                 count(*) FILTER (WHERE "shopifyState" = 'failed')::int AS "failed"
          FROM "Code" WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "part" = ${part}) made,
         "Batch" batch
    WHERE batch."id" = part."batchId" AND batch."shop" = ${shop}
      AND part."batchId" = ${batchId}::uuid AND part."number" = ${part}`;
  return rows.filter(({ shopifyState }) => shopifyState === "live").map(({ id }) => id);
}

function toBatch(row: BatchRow): Batch {
  const { id, discountId, codes, attempts, problem, createdAt, finishedAt } = row;
  const state = row.state as Batch["state"];
  const shop = row.shop as ShopDomain;
  return { id, shop, discountId, state, codes, attempts, problem, createdAt, finishedAt };
}
