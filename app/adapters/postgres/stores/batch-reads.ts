import { Prisma, type Batch as BatchRow } from "@prisma/client";
import type { Batch, CodePlan } from "#app/core/batches/batch.ts";
import { countLeftOut } from "#app/core/batches/left-out.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { BatchCounts, BatchStore, MadeAgain } from "#app/core/ports/batch-stores.ts";
import type { CodesOf } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";
import { toChangePlan } from "./change-plan-json.ts";
import { thoseOf } from "./discount-codes.ts";
import { selectCodes } from "./select-codes.ts";

type BatchReads = Pick<
  BatchStore,
  | "list"
  | "listLater"
  | "listWaiting"
  | "listUnmade"
  | "countCodes"
  | "listMadeAgain"
  | "listDoneParts"
  | "listFailedCodes"
>;

/** What pages show of batches; counted in one statement each, however many codes there are. */
export function createBatchReads(db: Db): BatchReads {
  return {
    list: (...asked) => list(db, ...asked),
    async listLater(shop, batchId) {
      const rows = await db.$queryRaw<BatchRow[]>`
        SELECT later.* FROM "Batch" own
        JOIN "Batch" later ON later."shop" = own."shop" AND later."startsAt" IS NOT NULL
          AND starts_with(later."draftKey", own."draftKey" || '-')
        WHERE own."shop" = ${shop} AND own."id" = ${batchId}::uuid
        ORDER BY later."startsAt"`;
      return rows.map(toBatch);
    },

    async listWaiting(shop, discountId) {
      const where = { shop, discountId, state: "running", startsAt: { not: null } };
      const rows = await db.batch.findMany({ where, select: { id: true } });
      return rows.map(({ id }) => id);
    },

    countCodes: (...asked) => countCodes(db, ...asked),

    async listMadeAgain(shop, batchId) {
      return db.$queryRaw<MadeAgain[]>`
        SELECT code."batchId", count(*)::int AS "codes",
          count(*) FILTER (WHERE code."impactState" IN ('registered', 'expired'))::int AS "registered"
        FROM "MadeAgain" again JOIN "Code" code ON code."id" = again."codeId"
        WHERE again."shop" = ${shop} AND again."batchId" = ${batchId}::uuid
          AND code."batchId" IS DISTINCT FROM again."batchId"
        GROUP BY code."batchId"
        ORDER BY (SELECT "createdAt" FROM "Batch" batch WHERE batch."id" = code."batchId")`;
    },

    async listUnmade(shop, of) {
      return db.$queryRaw<Pick<Batch, "id" | "state">[]>`
        SELECT batch."id", batch."state" FROM "Batch" batch
        WHERE batch."shop" = ${shop} AND batch."kind" = 'make' AND batch."state" <> 'cancelling'
          AND (batch."state" = 'failed' AND ${batchesOf(of)}
               OR EXISTS (SELECT FROM "Code" code
                          WHERE code."batchId" = batch."id" AND code."shop" = batch."shop"
                            AND code."shopifyState" = 'planned' AND ${thoseOf(of)}))`;
    },

    async listDoneParts(shop, batchId, limit) {
      const rows = await db.batchPart.findMany({
        where: { batchId, batch: { shop }, state: "done", doneAt: { not: null } },
        orderBy: { doneAt: "desc" },
        select: { live: true, doneAt: true },
        take: limit,
      });
      return rows.flatMap(({ live, doneAt }) => (doneAt ? [{ codes: live, doneAt }] : []));
    },

    listFailedCodes(shop, batchId, { after, limit }) {
      const failed = Prisma.sql`code."batchId" = ${batchId}::uuid AND code."code" > ${after ?? ""}
        AND (code."shopifyState" = 'failed' OR code."impactState" = 'failed')`;
      return selectCodes(db, shop, failed, { limit, order: Prisma.sql`code."code"` });
    },
  };
}

function batchesOf(of: CodesOf): Prisma.Sql {
  if ("discountId" in of) return Prisma.sql`batch."discountId" = ${of.discountId}::uuid`;
  return "batchId" in of ? Prisma.sql`batch."id" = ${of.batchId}::uuid` : Prisma.sql`FALSE`;
}

async function list(db: Db, ...[shop, { after, limit }]: Parameters<BatchStore["list"]>) {
  const rows = await db.batch.findMany({
    where: { shop },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    ...(after && { cursor: { shop, id: after }, skip: 1 }),
    take: limit,
    include: { discount: { select: { title: true } } },
  });
  const sums = await db.batchPart.groupBy({
    by: ["batchId"],
    where: { batch: { shop }, batchId: { in: rows.map(({ id }) => id) } },
    _sum: { live: true, failed: true },
  });
  const sumOf = new Map(sums.map(({ batchId, _sum }) => [batchId, _sum]));
  const changed = await countChanges(db, shop, rows);
  const refused = await countRefused(db, shop, rows);
  const unregistrable = await countUnregistrable(db, shop, rows);
  const registering = await listRegistering(db, shop, rows);
  return rows.map((row) => ({
    ...toBatch(row),
    isRegistering: registering.has(row.id),
    title: row.discount?.title ?? "",
    live: sumOf.get(row.id)?.live ?? changed(row.id, "done"),
    failed:
      (sumOf.get(row.id)?.failed ?? changed(row.id, "failed")) +
      refused(row.id) +
      unregistrable(row.id) +
      countLeftOut(toBatch(row).plan),
  }));
}

async function countChanges(db: Db, shop: ShopDomain, rows: readonly { id: string }[]) {
  const counts = await db.change.groupBy({
    by: ["batchId", "state"],
    where: { shop, batchId: { in: rows.map(({ id }) => id) } },
    _count: true,
  });
  const counted = new Map(
    counts.map(({ batchId, state, _count }) => [`${batchId} ${state}`, _count]),
  );
  return (batchId: string, state: "done" | "failed") => counted.get(`${batchId} ${state}`) ?? 0;
}

/** Rows of their uploads that no code could be made of. */
async function countRefused(db: Db, shop: ShopDomain, rows: readonly { id: string }[]) {
  const batchIds = rows.map(({ id }) => id);
  const counts = await db.$queryRaw<{ batchId: string; rows: number }[]>`
    SELECT upload."batchId", count(*)::int AS "rows"
    FROM "Upload" upload JOIN "UploadRow" row
      ON row."uploadId" = upload."id" AND row."shop" = upload."shop"
    WHERE upload."shop" = ${shop} AND upload."batchId" = ANY(${batchIds}::uuid[])
      AND row."wrong" IS NOT NULL AND row."code" IS NOT NULL
    GROUP BY upload."batchId"`;
  const counted = new Map(counts.map((count) => [count.batchId, count.rows]));
  return (batchId: string) => counted.get(batchId) ?? 0;
}

/** Codes that impact.com refused; few of a shop's. */
async function countUnregistrable(db: Db, shop: ShopDomain, rows: readonly { id: string }[]) {
  const counts = await db.code.groupBy({
    by: ["batchId"],
    where: { shop, impactState: "failed", batchId: { in: rows.map(({ id }) => id) } },
    _count: true,
  });
  const counted = new Map(counts.map(({ batchId, _count }) => [batchId, _count]));
  return (batchId: string) => counted.get(batchId) ?? 0;
}

/** Those of which live codes with a partner wait for impact.com. */
async function listRegistering(db: Db, shop: ShopDomain, rows: readonly { id: string }[]) {
  const found = await db.code.groupBy({
    by: ["batchId"],
    where: {
      ...{ shop, shopifyState: "live", impactState: "planned" },
      ...{ partnerId: { not: null }, batchId: { in: rows.map(({ id }) => id) } },
    },
  });
  return new Set(found.map(({ batchId }) => batchId));
}

type CountedRow = Record<Exclude<keyof BatchCounts, "waitsBecause">, bigint> &
  Pick<BatchCounts, "waitsBecause">;

async function countCodes(
  db: Db,
  ...[shop, batchId]: Parameters<BatchStore["countCodes"]>
): Promise<BatchCounts> {
  const [row] = await db.$queryRaw<CountedRow[]>`
    SELECT count(*) FILTER (WHERE code."shopifyState" = 'planned'
                              AND part."state" IS DISTINCT FROM 'asked') AS "planned",
           count(*) FILTER (WHERE code."shopifyState" = 'planned' AND part."state" = 'asked') AS "asked",
           count(*) FILTER (WHERE code."shopifyState" IN ('live', 'retired')) AS "live",
           count(*) FILTER (WHERE code."shopifyState" = 'failed') AS "failed",
           count(*) FILTER (WHERE code."impactState" IN ('registered', 'expired')) AS "registered",
           count(*) FILTER (WHERE code."impactState" = 'failed') AS "unregistrable",
           max(code."impactProblem") FILTER (WHERE code."shopifyState" = 'live'
                                               AND code."impactState" = 'planned') AS "waitsBecause"
    FROM "Code" code
    LEFT JOIN "BatchPart" part ON part."batchId" = code."batchId" AND part."number" = code."part"
    WHERE code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid`;
  return {
    planned: Number(row?.planned ?? 0),
    asked: Number(row?.asked ?? 0),
    live: Number(row?.live ?? 0),
    failed: Number(row?.failed ?? 0),
    registered: Number(row?.registered ?? 0),
    unregistrable: Number(row?.unregistrable ?? 0),
    waitsBecause: row?.waitsBecause ?? null,
  };
}

export function toBatch(row: BatchRow): Batch {
  const { id, discountId, codes, startsAt, attempts, problem, createdAt, finishedAt } = row;
  return {
    ...{ id, discountId, codes, startsAt, attempts, problem, createdAt, finishedAt },
    shop: row.shop as ShopDomain,
    kind: row.kind as Batch["kind"],
    state: row.state as Batch["state"],
    // Only these stores write the columns, so their shapes are known.
    plan: row.plan as unknown as CodePlan | null,
    change: row.change === null ? null : toChangePlan(row.change),
  };
}
