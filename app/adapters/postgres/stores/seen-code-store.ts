import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { SeenCodeStore, SeenPattern } from "#app/core/ports/code-difference-stores.ts";
import type { ListedPromoCode } from "#app/core/ports/impact.ts";
import type { Db } from "../prisma-client.ts";
import { listStories, OUR_CODE, STANDING } from "./code-stories.ts";
import { isProgramSharedNow } from "./is-program-shared.ts";
import { FILE_ID } from "./select-codes.ts";
import { createToldRegistrations } from "./told-registrations.ts";
import { createWatchedDiscounts } from "./watched-discounts.ts";

export function createSeenCodeStore(db: Db): SeenCodeStore {
  return {
    ...createWatchedDiscounts(db),
    ...createToldRegistrations(db),

    async noteInShopify(shop, { id: runId }, { discountId, codes }) {
      await db.$executeRaw`
        INSERT INTO "SeenCode" ("shop", "runId", "side", "code", "discountId", "oursThen")
        SELECT given."shop", ${runId}::uuid, 'shopify', given."code", ${discountId}::uuid,
               CASE WHEN code."id" IS NOT NULL THEN ${STANDING} END
        FROM (SELECT DISTINCT ${shop}::text AS "shop", unnest(${[...codes]}::text[]) AS "code"
              OFFSET 0) given
        ${OUR_CODE}
        ON CONFLICT ("shop", "runId", "side", "code", "promoCodeId") DO UPDATE
        SET "discountId" = EXCLUDED."discountId", "oursThen" = EXCLUDED."oursThen"`;
    },

    async noteCut(shop, runId, discountId) {
      const data = { shop, runId, side: "cut", code: discountId, discountId };
      await db.seenCode.createMany({ data, skipDuplicates: true });
    },

    async listCut(shop, runId) {
      const cut = await db.seenCode.findMany({ where: { shop, runId, side: "cut" } });
      const discounts = await db.discount.findMany({
        where: { shop, id: { in: cut.flatMap(({ discountId }) => discountId ?? []) } },
        select: { title: true },
        orderBy: { title: "asc" },
      });
      return discounts.map(({ title }) => title);
    },

    async noteAtImpact(shop, { id: runId }, seen) {
      const rows = JSON.stringify(eachOnce(seen));
      await db.$executeRaw`
        INSERT INTO "SeenCode" ("shop", "runId", "side", "code", "promoCodeId", "partnerId",
          "startsAt", "endsAt", "creditPolicy", "isEnded", "isPattern", "oursThen")
        SELECT given."shop", ${runId}::uuid, 'impact', given."code", given."promoCodeId",
               given."partnerId", given."startsAt", given."endsAt", given."creditPolicy",
               given."isEnded", given."isPattern",
               CASE WHEN code."id" IS NOT NULL THEN ${STANDING} END
        FROM (SELECT ${shop}::text AS "shop", r.* FROM jsonb_to_recordset(${rows}::jsonb)
                AS r("code" text, "promoCodeId" text, "partnerId" text, "startsAt" timestamptz,
                     "endsAt" timestamptz, "creditPolicy" text, "isEnded" boolean,
                     "isPattern" boolean) OFFSET 0) given
        ${OUR_CODE}
        ON CONFLICT ("shop", "runId", "side", "code", "promoCodeId") DO UPDATE
        SET "partnerId" = EXCLUDED."partnerId", "startsAt" = EXCLUDED."startsAt",
            "endsAt" = EXCLUDED."endsAt", "creditPolicy" = EXCLUDED."creditPolicy",
            "isEnded" = EXCLUDED."isEnded", "isPattern" = EXCLUDED."isPattern",
            "oursThen" = EXCLUDED."oursThen"`;
      await noteSpellings(db, shop, seen);
    },

    async listPatterns(shop, { id: runId }) {
      return db.$queryRaw<SeenPattern[]>`
        SELECT seen."code" AS "expression", seen."promoCodeId", seen."partnerId",
               seen."creditPolicy", EXISTS (SELECT FROM "CodeFamily" f WHERE f."shop" = seen."shop"
                       AND f."promoCodeId" = seen."promoCodeId") AS "isOurs"
        FROM "SeenCode" seen
        WHERE seen."shop" = ${shop} AND seen."runId" = ${runId}::uuid AND seen."side" = 'impact'
          AND seen."isPattern" AND NOT seen."isEnded"`;
    },

    listStories: (...asked) => listStories(db, ...asked),

    async forget(shop, runId) {
      await db.$executeRaw`
        DELETE FROM "SeenCode" WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid
          AND NOT ${STANDING_PATTERN}`;
    },
    async forgetBefore(shop, runId) {
      await db.$executeRaw`
        DELETE FROM "SeenCode" seen WHERE "shop" = ${shop} AND "runId" <> ${runId}::uuid
          AND NOT (${STANDING_PATTERN} AND "runId" IS NOT DISTINCT FROM (
            SELECT "id" FROM "Reconciliation"
            WHERE "shop" = ${shop} AND "kind" = 'codes' AND "state" = 'finished'
              AND "discountId" IS NULL
            ORDER BY "startedAt" DESC LIMIT 1))`;
    },

    async listWaiting(shop, codeIds) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH jobs AS MATERIALIZED (
          SELECT data FROM pgboss.job
          WHERE name IN ('register-code', 'register-codes', 'register-families')
            AND group_id = ${shop} AND state IN ('created', 'retry', 'active')
        ), queued AS MATERIALIZED (
          SELECT data ->> 'codeId' AS "id" FROM jobs WHERE data ? 'codeId'
          UNION SELECT jsonb_array_elements_text(data -> 'codeIds') FROM jobs WHERE data ? 'codeIds'
          UNION SELECT jsonb_array_elements_text(data -> 'familyIds') FROM jobs
                WHERE data ? 'familyIds'
        )
        SELECT code."id" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."id" = ANY(${[...codeIds]}::uuid[])
          AND (${FILE_ID} IS NOT NULL
            OR code."id"::text IN (SELECT "id" FROM queued)
            OR code."familyId"::text IN (SELECT "id" FROM queued))`;
      return rows.map(({ id }) => id);
    },

    isProgramSharedNow: (shop, program) => isProgramSharedNow(db, shop, program),
  };
}

/** Forms compare with what the last run over all codes has met of these. */
const STANDING_PATTERN = Prisma.sql`("isPattern" AND NOT "isEnded")`;

/** Registrations of ours that somebody made there by hand: orders go out in their spelling. */
async function noteSpellings(
  db: Db,
  shop: ShopDomain,
  seen: readonly ListedPromoCode[],
): Promise<void> {
  const spelled = seen.flatMap(({ code: registeredAs, promoCodeId, isPattern }) => {
    const code = registeredAs.trim().toUpperCase();
    return isPattern || code === registeredAs ? [] : [{ code, registeredAs, promoCodeId }];
  });
  if (spelled.length === 0) return;
  await db.$executeRaw`
    UPDATE "Code" code SET "registeredAs" = r."registeredAs"
    FROM jsonb_to_recordset(${JSON.stringify(spelled)}::jsonb)
      AS r("code" text, "registeredAs" text, "promoCodeId" text)
    WHERE code."shop" = ${shop} AND code."code" = r."code"
      AND code."impactPromoCodeId" = r."promoCodeId"
      AND code."registeredAs" IS DISTINCT FROM r."registeredAs"`;
}

/** One statement may meet a row only once. */
function eachOnce(seen: readonly ListedPromoCode[]): ListedPromoCode[] {
  const rows = new Map<string, ListedPromoCode>();
  for (const one of seen) {
    const code = one.isPattern ? one.code : one.code.trim().toUpperCase();
    rows.set(one.promoCodeId, { ...one, code });
  }
  return [...rows.values()];
}
