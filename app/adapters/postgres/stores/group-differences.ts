import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

export const SEEN_AGAIN = Prisma.sql`
  ON CONFLICT ("shop", "kind", "subject") DO UPDATE
  SET "codeId" = EXCLUDED."codeId", "discountId" = EXCLUDED."discountId",
      "ourPartnerId" = EXCLUDED."ourPartnerId", "theirPartnerId" = EXCLUDED."theirPartnerId",
      "promoCodeId" = EXCLUDED."promoCodeId", "familyId" = EXCLUDED."familyId",
      "isShared" = EXCLUDED."isShared", "endsHere" = EXCLUDED."endsHere",
      "endsThere" = EXCLUDED."endsThere", "creditPolicy" = EXCLUDED."creditPolicy",
      "startsThere" = EXCLUDED."startsThere", "codes" = EXCLUDED."codes",
      "familyCodes" = EXCLUDED."familyCodes", "familyEndings" = EXCLUDED."familyEndings",
      "seenBy" = EXCLUDED."seenBy"`;

interface Groups {
  runId: string;
  /** Null: all of the shop. */
  discountId: string | null;
  hasProgram: boolean;
}

/** What concerns all live codes of a discount, or of a partner. */
export async function saveGroups(
  db: Db,
  shop: ShopDomain,
  { runId, discountId, hasProgram }: Groups,
  now: Date,
): Promise<void> {
  const only = discountId ? Prisma.sql`AND d."id" = ${discountId}::uuid` : Prisma.empty;
  const ofDiscounts = (kind: Prisma.Sql, condition: Prisma.Sql) => Prisma.sql`
    SELECT d."shop", ${kind} AS "kind", d."id"::text AS "subject", d."id" AS "discountId",
           NULL AS "partnerId", COALESCE(d."deactivatedAt", d."endsAt") AS "endsHere",
           code."id", code."familyId"
    FROM "Discount" d JOIN "Code" code ON code."discountId" = d."id" AND code."shop" = d."shop"
    WHERE d."shop" = ${shop} ${only} AND code."shopifyState" = 'live' AND ${condition}`;
  await save(
    db,
    { shop, runId, now },
    ofDiscounts(
      Prisma.sql`CASE WHEN d."deletedAt" IS NULL THEN 'discount-deactivated' ELSE 'discount-deleted' END`,
      // What was deactivated here is as it should be.
      Prisma.sql`(d."deletedAt" IS NOT NULL
        OR d."deactivatedAt" IS NOT NULL AND NOT d."isDeactivatedHere")`,
    ),
  );
  if (discountId !== null || !hasProgram) return;
  await save(db, { shop, runId, now }, ofDiscounts(Prisma.sql`'discount-ended'`, hasEnded(now)));
  await save(
    db,
    { shop, runId, now },
    Prisma.sql`
      SELECT partner."shop", 'contract-ended' AS "kind", partner."partnerId" AS "subject",
             NULL::uuid AS "discountId", partner."partnerId", NULL::timestamptz AS "endsHere",
             code."id", code."familyId"
      FROM "Partner" partner
      JOIN "Assignment" a ON a."shop" = partner."shop" AND a."partnerId" = partner."partnerId"
        AND a."endsAt" IS NULL
      JOIN "Code" code ON code."id" = a."codeId" AND code."shopifyState" = 'live'
      WHERE partner."shop" = ${shop} AND NOT partner."hasContract"`,
  );
}

/** Where no family has its codes, both sides have ended. */
function hasEnded(now: Date): Prisma.Sql {
  return Prisma.sql`d."endsAt" <= ${now} AND COALESCE(d."deletedAt", d."deactivatedAt") IS NULL
    AND EXISTS (SELECT FROM "Code" one JOIN "CodeFamily" f ON f."id" = one."familyId"
                WHERE one."shop" = d."shop" AND one."discountId" = d."id"
                  AND one."shopifyState" = 'live' AND f."promoCodeId" IS NOT NULL)`;
}

/** A row for each subject of codes that are listed, with how many of them are of families. */
async function save(
  db: Db,
  { shop, runId, now }: { shop: ShopDomain; runId: string; now: Date },
  listed: Prisma.Sql,
): Promise<void> {
  await db.$executeRaw`
    WITH listed AS MATERIALIZED (${listed}), families AS (
      SELECT listed."kind", listed."subject", listed."familyId", count(*) AS "codes"
      FROM listed WHERE listed."familyId" IS NOT NULL GROUP BY 1, 2, 3
    ), endings AS (
      SELECT families."kind", families."subject", count(*) AS "families" FROM families
      WHERE families."codes" >= (
        SELECT count(*) FROM "Code" code WHERE code."shop" = ${shop}
          AND code."familyId" = families."familyId" AND code."shopifyState" IN ('planned', 'live'))
      GROUP BY 1, 2
    )
    INSERT INTO "CodeDifference" ("shop", "kind", "subject", "discountId", "ourPartnerId", "endsHere",
      "codes", "familyCodes", "familyEndings", "seenBy", "foundAt")
    SELECT listed."shop", listed."kind", listed."subject", listed."discountId", listed."partnerId",
           listed."endsHere", count(*)::int, count(listed."familyId")::int,
           COALESCE(max(endings."families"), 0)::int, ${runId}::uuid, ${now}
    FROM listed LEFT JOIN endings
      ON endings."kind" = listed."kind" AND endings."subject" = listed."subject"
    GROUP BY listed."shop", listed."kind", listed."subject", listed."discountId",
             listed."partnerId", listed."endsHere"
    ${SEEN_AGAIN}`;
}
