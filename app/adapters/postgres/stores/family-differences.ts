import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Reconciliation } from "#app/core/ledger/reconciliation.ts";
import type { Db } from "../prisma-client.ts";
import { SEEN_AGAIN } from "./group-differences.ts";
import { IS_CHANGING } from "./is-changing.ts";

type Run = Pick<Reconciliation, "id" | "startedAt">;

/** A row for each family that differs, by what the run has met of impact.com's expressions. */
export async function saveFamilies(db: Db, shop: ShopDomain, run: Run, now: Date): Promise<void> {
  await saveLost(db, shop, run, now);
  await saveUnused(db, shop, run, now);
}

/** Codes of theirs are used, and impact.com has no registration of it that stands for good. */
async function saveLost(db: Db, shop: ShopDomain, run: Run, now: Date): Promise<void> {
  const { id: runId, startedAt } = run;
  await db.$executeRaw`
    WITH live AS (
      SELECT code."familyId" AS "id", count(*)::int AS "codes"
      FROM "Code" code JOIN "Discount" d ON d."id" = code."discountId"
      WHERE code."shop" = ${shop} AND code."familyId" IS NOT NULL AND code."shopifyState" = 'live'
        AND COALESCE(d."deletedAt", d."deactivatedAt") IS NULL
        AND COALESCE(LEAST(d."endsAt", code."endsAt"), 'infinity') > ${now}
      GROUP BY 1
    ), seen AS MATERIALIZED (
      SELECT * FROM "SeenCode"
      WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid AND "isPattern"
    )
    INSERT INTO "CodeDifference" ("shop", "kind", "subject", "familyId", "ourPartnerId",
      "theirPartnerId", "promoCodeId", "endsThere", "isShared", "codes", "familyCodes", "seenBy",
      "foundAt")
    SELECT f."shop", 'family-lost', f."shape", f."id", f."partnerId", seen."partnerId",
           CASE WHEN NOT seen."isEnded" THEN seen."promoCodeId" END, seen."endsAt", TRUE,
           live."codes", live."codes", ${runId}::uuid, ${now}
    FROM "CodeFamily" f JOIN live ON live."id" = f."id"
    JOIN "Partner" partner ON partner."shop" = f."shop" AND partner."partnerId" = f."partnerId"
    LEFT JOIN seen ON seen."promoCodeId" = f."promoCodeId"
    WHERE f."shop" = ${shop} AND partner."hasContract"
      AND COALESCE(f."leaseUntil", ${now}) <= ${now}
      AND (
        f."state" = 'registered' AND f."registeredAt" < ${startedAt}
          AND COALESCE(seen."isEnded" OR seen."endsAt" IS NOT NULL
            OR seen."partnerId" <> f."partnerId"
            OR COALESCE(seen."creditPolicy", 'ALWAYS') <> 'ALWAYS', TRUE)
        OR f."state" = 'planned' AND f."createdAt" < ${now}::timestamptz - interval '1 day'
          AND NOT ${isQueued(shop)}
      )
    ${SEEN_AGAIN}`;
}

/** Its codes are gone, and no batch is about to make others or to end it. */
async function saveUnused(db: Db, shop: ShopDomain, { id: runId }: Run, now: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "CodeDifference" ("shop", "kind", "subject", "familyId", "ourPartnerId", "promoCodeId",
      "isShared", "codes", "seenBy", "foundAt")
    SELECT f."shop", 'family-unused', f."shape", f."id", f."partnerId", f."promoCodeId", TRUE, 0,
           ${runId}::uuid, ${now}
    FROM "CodeFamily" f
    WHERE f."shop" = ${shop} AND f."state" IN ('registered', 'ending')
      AND NOT EXISTS (SELECT FROM "Code" code WHERE code."familyId" = f."id"
                      AND code."shopifyState" IN ('planned', 'live'))
      AND NOT EXISTS (SELECT FROM "Code" code JOIN "Change" change ON change."codeId" = code."id"
                      WHERE code."familyId" = f."id" AND ${IS_CHANGING})
      AND NOT EXISTS (SELECT FROM "Batch" batch WHERE batch."shop" = f."shop"
                      AND batch."kind" = 'make' AND batch."plan" IS NOT NULL
                      AND batch."state" IN ('running', 'cancelling'))
    ${SEEN_AGAIN}`;
}

/** A condition on rows called `f`: a job is about to register it. */
function isQueued(shop: ShopDomain): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM pgboss.job WHERE name = 'register-families' AND group_id = ${shop}
      AND state IN ('created', 'retry', 'active') AND data -> 'familyIds' ? f."id"::text)`;
}
