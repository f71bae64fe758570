import { Prisma } from "@prisma/client";
import type { CodeRepairStore } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";
import { adoptDiscount } from "./discount-store.ts";

export function createCodeRepairStore(db: Db): CodeRepairStore {
  return {
    async planAgain(shop, { batchId, discountId, codeId }) {
      const only = codeId ? Prisma.sql`AND "id" = ${codeId}::uuid` : Prisma.empty;
      const count = await db.$executeRaw`
        WITH numbered AS (
          SELECT "id", "batchId", ((row_number() OVER (ORDER BY "code") + 248) / 250)::int AS "part"
          FROM "Code" WHERE "shop" = ${shop} AND "discountId" = ${discountId}::uuid
            AND "shopifyState" = 'live' ${only}
        ), noted AS (
          INSERT INTO "MadeAgain" ("shop", "batchId", "codeId")
          SELECT ${shop}, "batchId", "id" FROM numbered WHERE "batchId" IS NOT NULL
          ON CONFLICT DO NOTHING
        )
        UPDATE "Code" code
        SET "shopifyState" = 'planned', "shopifyProblem" = NULL, "batchId" = ${batchId}::uuid,
            "part" = numbered."part"
        FROM numbered WHERE numbered."id" = code."id" AND code."shop" = ${shop}`;
      await db.$executeRaw`
        INSERT INTO "BatchPart" ("batchId", "number", "state", "codes")
        SELECT "batchId", "part", 'planned', count(*)::int FROM "Code"
        WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid GROUP BY "batchId", "part"
        ON CONFLICT ("batchId", "number") DO NOTHING`;
      return count;
    },

    async forgetDiscount(shop, discountId) {
      const gone = { shopifyId: null, deletedAt: null, deactivatedAt: null };
      await db.discount.updateMany({ where: { shop, id: discountId }, data: gone });
    },

    async planRegistration(shop, codeId) {
      await db.code.updateMany({
        where: { shop, id: codeId, shopifyState: "live" },
        data: {
          impactState: "planned",
          impactProblem: null,
          impactPromoCodeId: null,
          impactAttempts: 1,
          registeredAt: null,
          leaseUntil: null,
        },
      });
    },

    async planFamily(shop, familyId, { isGone }) {
      await db.codeFamily.updateMany({
        where: { shop, id: familyId, state: { in: ["registered", "planned"] } },
        data: {
          ...{ state: "planned", promoCodeId: null, problem: null, registeredAt: null },
          ...{ attempts: isGone ? 0 : 1, leaseUntil: null },
        },
      });
      await db.code.updateMany({
        where: { shop, familyId, shopifyState: "live", impactState: { not: "failed" } },
        data: { impactState: "planned", impactProblem: null, registeredAt: null },
      });
    },

    async expireRetired(shop, familyId, now) {
      await db.$executeRaw`
        UPDATE "Code"
        SET "registeredUntil" = CASE WHEN "impactState" = 'registered' THEN ${now}::timestamptz
                                ELSE "registeredUntil" END,
            "impactState" = 'expired', "impactProblem" = NULL
        WHERE "shop" = ${shop} AND "familyId" = ${familyId}::uuid AND "shopifyState" = 'retired'
          AND "impactState" <> 'expired'`;
    },

    async takeAsLive(shop, { codeId, discountId }, now) {
      await db.code.updateMany({
        where: { shop, id: codeId, shopifyState: { in: ["failed", "planned"] } },
        data: { shopifyState: "live", shopifyProblem: null, liveAt: now, discountId },
      });
    },

    async moveToDiscount(shop, codeId, to, now) {
      const discountId = await adoptDiscount(db, shop, to, now);
      await db.code.updateMany({
        where: { shop, id: codeId, shopifyState: "live" },
        data: { discountId },
      });
    },

    async noteExpired(shop, codeId) {
      const data = { impactState: "expired", impactProblem: null, registeredAt: null };
      await db.code.updateMany({ where: { shop, id: codeId }, data });
    },

    async followImpact(shop, codeId, { partnerId, promoCodeId, registeredAs, startsAt }, now) {
      await db.assignment.updateMany({
        where: { shop, codeId, endsAt: null, partnerId: { not: partnerId } },
        data: { endsAt: now },
      });
      await db.$executeRaw`
        INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
        SELECT gen_random_uuid(), code."shop", code."id", ${partnerId}, ${now}
        FROM "Code" code WHERE code."shop" = ${shop} AND code."id" = ${codeId}::uuid
        ON CONFLICT ("codeId") WHERE "endsAt" IS NULL DO NOTHING`;
      await db.$executeRaw`
        UPDATE "Code"
        SET "registeredUntil" = CASE WHEN "impactState" = 'registered'
                                THEN COALESCE(${startsAt}::timestamptz, "registeredUntil")
                                ELSE "registeredUntil" END,
            "impactState" = 'registered', "impactPromoCodeId" = ${promoCodeId},
            "registeredAs" = ${registeredAs},
            "impactProblem" = NULL, "registeredAt" = ${now},
            "registeredFrom" = CASE WHEN ${startsAt}::timestamptz > ${now} THEN ${startsAt}::timestamptz END
        WHERE "shop" = ${shop} AND "id" = ${codeId}::uuid`;
    },
  };
}
