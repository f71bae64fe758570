import { Prisma } from "@prisma/client";
import type { HandOutStanding } from "#app/core/hand-outs/hand-out-standing.ts";
import { isRowId, type DiscountCode, type PartnerId, type ShopDomain } from "#app/core/ids.ts";
import type {
  HandOutPlace,
  HandOutScope,
  HandOutStore,
  PartnerCode,
} from "#app/core/ports/hand-out-store.ts";
import type { Db } from "../prisma-client.ts";
import { selectedBy } from "./code-conditions.ts";
import { toDiscount } from "./discount-columns.ts";

export function createHandOutStore(db: Db): HandOutStore {
  return {
    page: (...asked) => page(db, ...asked),

    async count(shop, scope, now) {
      const rows = await db.$queryRaw<(HandOutStanding & { codes: bigint })[]>`
        SELECT code."shopifyState", code."impactState", code."isHeld", ${HAS_CONTRACT},
               ${discountState(now)}, count(*) AS "codes"
        ${partnersCodes(shop, scope)}
        GROUP BY 1, 2, 3, 4, 5`;
      return rows.map(({ codes, ...standing }) => ({ ...standing, codes: Number(codes) }));
    },

    async listDiscounts(shop, discountIds) {
      const rows = await db.discount.findMany({ where: { shop, id: { in: [...discountIds] } } });
      return rows.map(toDiscount);
    },

    async countEarned(shop, { partnerId, codes, upTo }) {
      const rows = await db.$queryRaw<{ code: DiscountCode; orders: bigint }[]>`
        SELECT asked."code", (
          SELECT count(*) FROM (
            SELECT 1 FROM "Conversion" conversion
            WHERE conversion."shop" = ${shop} AND conversion."code" = asked."code"
              AND conversion."partnerId" = ${partnerId} LIMIT ${upTo}) counted) AS "orders"
        FROM unnest(${[...codes]}::text[]) AS asked ("code")`;
      const used = rows.filter(({ orders }) => orders > 0);
      return new Map(used.map(({ code, orders }) => [code, Number(orders)]));
    },

    async landingPath(shop) {
      const row = await db.shop.findUnique({ where: { domain: shop } });
      return row?.landingPath ?? "/";
    },

    async saveLandingPath(shop, landingPath) {
      await db.shop.updateMany({ where: { domain: shop }, data: { landingPath } });
    },
  };
}

const HAS_CONTRACT = Prisma.sql`COALESCE(partner."hasContract", FALSE) AS "hasContract"`;

function discountState(now: Date): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN discount."deletedAt" IS NOT NULL THEN 'deleted'
         WHEN discount."deactivatedAt" IS NOT NULL THEN 'deactivated'
         WHEN LEAST(discount."endsAt", code."endsAt") <= ${now} THEN 'ended' ELSE 'open' END AS "discountState"`;
}

function partnersCodes(shop: ShopDomain, scope: HandOutScope): Prisma.Sql {
  return Prisma.sql`
    FROM "Code" code
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = code."partnerId"
    WHERE code."shop" = ${shop} AND code."partnerId" IS NOT NULL
      AND code."shopifyState" IN ('planned', 'live') AND ${inScope(scope)}`;
}

function inScope(scope: HandOutScope): Prisma.Sql {
  if (scope.kind !== "batch") return selectedBy(scope);
  if (!isRowId(scope.batchId)) return Prisma.sql`FALSE`;
  const madeAgain = Prisma.sql`
    SELECT "codeId" FROM "MadeAgain" WHERE "shop" = code."shop" AND "batchId" = ${scope.batchId}::uuid`;
  return Prisma.sql`(code."batchId" = ${scope.batchId}::uuid OR code."id" IN (${madeAgain}))`;
}

/** By whichever batch it was first drawn: one that makes it again has no pattern. */
const IS_RANDOM = Prisma.sql`EXISTS (
  SELECT FROM "Batch" batch
  WHERE batch."plan"->>'pattern' ILIKE '%{RANDOM%' AND (batch."id" = code."batchId" OR batch."id" IN (
    SELECT again."batchId" FROM "MadeAgain" again WHERE again."codeId" = code."id")))`;

type Row = Omit<PartnerCode, "partner"> & { partnerId: PartnerId; partnerName: string | null };

async function page(
  db: Db,
  ...[shop, scope, { beside, limit }, now]: Parameters<HandOutStore["page"]>
): Promise<PartnerCode[]> {
  const isBefore = beside?.side === "before";
  const direction = isBefore ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const from = beside ? beyond(beside.place, isBefore) : Prisma.sql`TRUE`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT code."id" AS "codeId", code."code", code."partnerId", partner."name" AS "partnerName",
           code."discountId", code."lastUsedAt", code."shopifyState", code."impactState",
           code."isHeld", ${HAS_CONTRACT}, ${discountState(now)}, code."endsAt",
           COALESCE(code."reach", 'ALWAYS') <> 'ALWAYS' AS "needsClick",
           ${IS_RANDOM} AS "isRandom",
           (SELECT a."startsAt" FROM "Assignment" a
            WHERE a."codeId" = code."id" AND a."endsAt" IS NULL) AS "assignedFrom"
    ${partnersCodes(shop, scope)} AND ${from}
    ORDER BY code."partnerId" ${direction}, code."code" ${direction} LIMIT ${limit}`;
  const codes = rows.map(({ partnerId, partnerName, ...row }) => ({
    ...row,
    partner: { partnerId, name: partnerName ?? `Partner ${partnerId}` },
  }));
  return isBefore ? codes.toReversed() : codes;
}

function beyond({ partnerId, code }: HandOutPlace, isBefore: boolean): Prisma.Sql {
  const than = isBefore ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(code."partnerId", code."code") ${than} (${partnerId}, ${code})`;
}
