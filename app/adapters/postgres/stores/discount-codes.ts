import { Prisma } from "@prisma/client";
import type { DiscountCode, ShopDomain } from "#app/core/ids.ts";
import type { CodeCounts, CodesOf, CodeStore } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectCodes } from "./select-codes.ts";

type DiscountCodes = Pick<
  CodeStore,
  "pageForDiscount" | "countForDiscount" | "forgetNeverMade" | "planFailed" | "planUnregistrable"
>;

/** All codes of a discount, a batch or one code, in few statements however many there are. */
export function createDiscountCodes(db: Db): DiscountCodes {
  return {
    pageForDiscount: (...asked) => pageForDiscount(db, ...asked),

    countForDiscount: (shop, discountId) => countCodes(db, shop, thoseOf({ discountId })),

    async forgetNeverMade(shop, { discountId, codes }) {
      const rows = await db.$queryRaw<{ code: DiscountCode }[]>`
        WITH gone AS (
          DELETE FROM "Code" code
          WHERE code."shop" = ${shop} AND code."discountId" = ${discountId}::uuid
            AND code."code" = ANY(${[...codes]}::text[])
            AND code."shopifyState" = 'failed' AND code."liveAt" IS NULL
          RETURNING code."code", code."batchId", code."part"
        ), parts AS (
          UPDATE "BatchPart" part SET "codes" = part."codes" - fewer."codes"
          FROM (SELECT "batchId", "part", count(*)::int AS "codes" FROM gone GROUP BY 1, 2) fewer
          WHERE part."batchId" = fewer."batchId" AND part."number" = fewer."part"
        ), batches AS (
          UPDATE "Batch" batch SET "codes" = batch."codes" - fewer."codes"
          FROM (SELECT "batchId", count(*)::int AS "codes" FROM gone GROUP BY 1) fewer
          WHERE batch."id" = fewer."batchId" AND batch."shop" = ${shop}
        )
        SELECT "code" FROM gone`;
      return rows.map(({ code }) => code);
    },

    async planFailed(shop, of) {
      await db.$executeRaw`
        UPDATE "Code" code SET "shopifyState" = 'planned', "shopifyProblem" = NULL
        FROM "Batch" batch
        WHERE code."shop" = ${shop} AND ${thoseOf(of)} AND code."shopifyState" = 'failed'
          AND batch."id" = code."batchId" AND batch."state" <> 'cancelling'`;
    },

    async planUnregistrable(shop, of) {
      const rows = await db.$queryRaw<{ id: string; familyId: string | null }[]>`
        UPDATE "Code" code
        SET "impactState" = 'planned', "impactProblem" = NULL, "leaseUntil" = NULL,
            "impactAttempts" = LEAST("impactAttempts", 1)
        WHERE code."shop" = ${shop} AND ${of === "all" ? Prisma.sql`TRUE` : thoseOf(of)}
          AND code."shopifyState" = 'live' AND code."impactState" = 'failed'
        RETURNING code."id", code."familyId"`;
      return rows.filter(({ familyId }) => familyId === null).map(({ id }) => id);
    },
  };
}

/** A condition on rows called `code`. */
export function thoseOf(of: CodesOf): Prisma.Sql {
  if ("discountId" in of) return Prisma.sql`code."discountId" = ${of.discountId}::uuid`;
  if ("batchId" in of) return Prisma.sql`code."batchId" = ${of.batchId}::uuid`;
  return Prisma.sql`code."id" = ${of.codeId}::uuid`;
}

/** One row more than asked for tells whether there are more on that side. */
async function pageForDiscount(
  db: Db,
  ...[shop, discountId, { beside, limit }]: Parameters<CodeStore["pageForDiscount"]>
) {
  const isBefore = beside?.side === "before";
  const order = isBefore ? Prisma.sql`code."code" DESC` : Prisma.sql`code."code"`;
  const where = beside
    ? isBefore
      ? Prisma.sql`code."code" < ${beside.code}`
      : Prisma.sql`code."code" > ${beside.code}`
    : Prisma.sql`TRUE`;
  const condition = Prisma.sql`${thoseOf({ discountId })} AND ${where}`;
  const rows = await selectCodes(db, shop, condition, { limit: limit + 1, order });
  const hasMore = rows.length > limit;
  const codes = rows.slice(0, limit);
  // Whoever came from beside knows that there is something where they came from.
  if (isBefore) return { codes: codes.toReversed(), hasPrevious: hasMore, hasNext: true };
  return { codes, hasPrevious: beside !== null, hasNext: hasMore };
}

type CountRow = Record<keyof CodeCounts, bigint>;

/** Of rows called `code`. */
const COUNTS = Prisma.sql`
  count(*) AS "all",
  count(*) FILTER (WHERE code."shopifyState" = 'live') AS "live",
  count(*) FILTER (WHERE code."impactState" = 'registered') AS "registered",
  count(*) FILTER (WHERE code."shopifyState" = 'failed' OR code."impactState" = 'failed') AS "failed",
  count(*) FILTER (WHERE code."shopifyState" = 'live' AND code."impactState" = 'planned') AS "waiting"`;

/** Counts rows called `code`. */
export async function countCodes(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
): Promise<CodeCounts> {
  const [row] = await db.$queryRaw<CountRow[]>`
    SELECT ${COUNTS} FROM "Code" code WHERE code."shop" = ${shop} AND ${condition}`;
  return toCounts(row);
}

/** For each discount that has codes. */
export async function countByDiscount(db: Db, shop: ShopDomain): Promise<Map<string, CodeCounts>> {
  const rows = await db.$queryRaw<(CountRow & { discountId: string })[]>`
    SELECT code."discountId", ${COUNTS}
    FROM "Code" code WHERE code."shop" = ${shop} GROUP BY code."discountId"`;
  return new Map(rows.map((row) => [row.discountId, toCounts(row)]));
}

function toCounts(row: CountRow | undefined): CodeCounts {
  return {
    all: Number(row?.all ?? 0),
    live: Number(row?.live ?? 0),
    registered: Number(row?.registered ?? 0),
    failed: Number(row?.failed ?? 0),
    waiting: Number(row?.waiting ?? 0),
  };
}
