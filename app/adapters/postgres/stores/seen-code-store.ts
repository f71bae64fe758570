import { Prisma } from "@prisma/client";
import type { OurSide } from "#app/core/code-differences/code-difference.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type {
  SeenCodeStore,
  SeenPattern,
  ToldStory,
} from "#app/core/ports/code-difference-stores.ts";
import type { ListedPromoCode } from "#app/core/ports/impact.ts";
import type { Db } from "../prisma-client.ts";
import { IS_CHANGING } from "./is-changing.ts";
import { isProgramShared } from "./is-program-shared.ts";
import { FILE_ID } from "./select-codes.ts";
import { createToldRegistrations } from "./told-registrations.ts";
import { createWatchedDiscounts } from "./watched-discounts.ts";

/** How one of our codes stands: what changes it changes this. */
const STANDING = Prisma.sql`concat_ws('/', code."shopifyState", code."impactState",
  code."impactPromoCodeId", assignment."partnerId")`;

const OUR_CODE = Prisma.sql`
  LEFT JOIN "Code" code ON code."shop" = given."shop" AND code."code" = given."code"
  LEFT JOIN "Assignment" assignment
    ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL`;

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
        ON CONFLICT ("shop", "runId", "side", "code") DO UPDATE
        SET "discountId" = EXCLUDED."discountId", "oursThen" = EXCLUDED."oursThen"`;
    },

    async noteAtImpact(shop, { id: runId }, seen) {
      const rows = JSON.stringify(standingFirst(seen));
      await db.$executeRaw`
        INSERT INTO "SeenCode" AS seen ("shop", "runId", "side", "code", "promoCodeId", "partnerId",
          "endsAt", "isEnded", "isPattern", "oursThen")
        SELECT given."shop", ${runId}::uuid, 'impact', given."code", given."promoCodeId",
               given."partnerId", given."endsAt", given."isEnded", given."isPattern",
               CASE WHEN code."id" IS NOT NULL THEN ${STANDING} END
        FROM (SELECT ${shop}::text AS "shop", r.* FROM jsonb_to_recordset(${rows}::jsonb)
                AS r("code" text, "promoCodeId" text, "partnerId" text, "endsAt" timestamptz,
                     "isEnded" boolean, "isPattern" boolean) OFFSET 0) given
        ${OUR_CODE}
        ON CONFLICT ("shop", "runId", "side", "code") DO UPDATE
        SET "promoCodeId" = EXCLUDED."promoCodeId", "partnerId" = EXCLUDED."partnerId",
            "endsAt" = EXCLUDED."endsAt", "isEnded" = EXCLUDED."isEnded",
            "isPattern" = EXCLUDED."isPattern", "oursThen" = EXCLUDED."oursThen"
        WHERE seen."isEnded"`;
    },

    async listPatterns(shop, { id: runId }) {
      return db.$queryRaw<SeenPattern[]>`
        SELECT seen."code" AS "expression", seen."promoCodeId", seen."partnerId",
               EXISTS (SELECT FROM "CodeFamily" f WHERE f."shop" = seen."shop"
                       AND f."promoCodeId" = seen."promoCodeId") AS "isOurs"
        FROM "SeenCode" seen
        WHERE seen."shop" = ${shop} AND seen."runId" = ${runId}::uuid AND seen."side" = 'impact'
          AND seen."isPattern" AND NOT seen."isEnded"`;
    },

    listStories: (...asked) => listStories(db, ...asked),

    async forget(shop, runId) {
      await db.$executeRaw`DELETE FROM "SeenCode" WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid`;
    },
    async forgetBefore(shop, runId) {
      await db.$executeRaw`DELETE FROM "SeenCode" WHERE "shop" = ${shop} AND "runId" <> ${runId}::uuid`;
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

    isProgramShared: (shop, program) => isProgramShared(db, shop, program),
  };
}

/** One statement may meet a row only once. */
function standingFirst(seen: readonly ListedPromoCode[]): ListedPromoCode[] {
  const rows = new Map<string, ListedPromoCode>();
  for (const one of seen) {
    const code = one.isPattern ? one.code : one.code.trim().toUpperCase();
    const before = rows.get(code);
    if (!before || before.isEnded) rows.set(code, { ...one, code });
  }
  return [...rows.values()];
}

interface StoryRow {
  code: DiscountCode;
  isChanging: boolean;
  codeId: string | null;
  shopifyState: OurSide["shopifyState"];
  impactState: OurSide["impactState"];
  familyId: string | null;
  liveAt: Date | null;
  ourPartnerId: PartnerId | null;
  hasContract: boolean | null;
  discountId: string;
  discountEndsAt: Date | null;
  isDeactivated: boolean;
  isDeleted: boolean;
  seenDiscountId: string | null;
  promoCodeId: string | null;
  partnerId: PartnerId;
  endsAt: Date | null;
  isEnded: boolean;
  isPattern: boolean;
}

/** Of the code's own registration, or of its family's where it has none that stands. */
function there(column: string): Prisma.Sql {
  const name = Prisma.raw(`"${column}"`);
  return Prisma.sql`
    CASE WHEN family."code" IS NOT NULL AND COALESCE(exact."isEnded", TRUE)
         THEN family.${name} ELSE exact.${name} END AS ${name}`;
}

/** The codes of one side after that one, by their text. */
function nextCodes(shop: ShopDomain, runId: string, side: string, after: string, limit: number) {
  return Prisma.sql`
    (SELECT "code" FROM "SeenCode" WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid
       AND "side" = ${side} AND "code" > ${after} ORDER BY "code" LIMIT ${limit})`;
}

// Each key stands beside each code, behind OFFSET 0: see keyed-rows.ts.

async function listStories(db: Db, ...asked: Parameters<SeenCodeStore["listStories"]>) {
  const [shop, { id: runId, startedAt, discountId }, { after, limit, now }] = asked;
  const from = after ?? "";
  const ofDiscount = discountId ? Prisma.sql`AND "discountId" = ${discountId}::uuid` : Prisma.empty;
  const rows = await db.$queryRaw<StoryRow[]>`
    WITH families AS MATERIALIZED (
      SELECT * FROM "SeenCode"
      WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid AND "isPattern"
    ), given AS (
      SELECT ${shop}::text AS "shop", ${runId}::uuid AS "runId", 'shopify' AS "shopify",
             'impact' AS "impact", "code" FROM (
        (SELECT "code" FROM "Code" WHERE "shop" = ${shop} AND "code" > ${from} ${ofDiscount}
           ORDER BY "code" LIMIT ${limit})
        UNION ${nextCodes(shop, runId, "shopify", from, limit)}
        UNION ${nextCodes(shop, runId, "impact", from, limit)}
      ) sides ORDER BY "code" LIMIT ${limit} OFFSET 0
    )
    SELECT given."code", code."id" AS "codeId", code."shopifyState", code."impactState",
      code."liveAt", code."familyId", assignment."partnerId" AS "ourPartnerId", partner."hasContract",
      discount."id" AS "discountId",
      LEAST(discount."endsAt", code."endsAt") AS "discountEndsAt",
      discount."deactivatedAt" IS NOT NULL AS "isDeactivated",
      discount."deletedAt" IS NOT NULL AS "isDeleted",
      here."discountId" AS "seenDiscountId",
      ${there("promoCodeId")}, ${there("partnerId")}, ${there("endsAt")}, ${there("isEnded")},
      ${there("isPattern")},
      COALESCE(GREATEST(code."createdAt", code."liveAt", code."registeredAt") >= ${startedAt}
        OR code."leaseUntil" > ${now} OR code."isHeld", FALSE)
      OR EXISTS (SELECT FROM "Change" change WHERE change."codeId" = code."id"
                 AND ${IS_CHANGING})
      OR (here."code" IS NOT NULL AND here."oursThen" IS DISTINCT FROM ours."standing")
      OR (exact."code" IS NOT NULL AND exact."oursThen" IS DISTINCT FROM ours."standing")
        AS "isChanging"
    FROM given
    ${OUR_CODE}
    LEFT JOIN LATERAL (SELECT CASE WHEN code."id" IS NOT NULL THEN ${STANDING} END AS "standing") ours
      ON TRUE
    LEFT JOIN "Partner" partner
      ON partner."shop" = given."shop" AND partner."partnerId" = assignment."partnerId"
    LEFT JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "SeenCode" here ON here."shop" = given."shop" AND here."runId" = given."runId"
      AND here."side" = given."shopify" AND here."code" = given."code"
    LEFT JOIN "SeenCode" exact ON exact."shop" = given."shop" AND exact."runId" = given."runId"
      AND exact."side" = given."impact" AND exact."code" = given."code"
    LEFT JOIN "CodeFamily" own ON own."id" = code."familyId"
    LEFT JOIN families family
      ON family."promoCodeId" = COALESCE(own."promoCodeId", code."impactPromoCodeId")
    ORDER BY given."code"`;
  return rows.map(toStory);
}

function toStory(row: StoryRow): ToldStory {
  const { code, isChanging, codeId, promoCodeId, seenDiscountId } = row;
  const { partnerId, endsAt, isEnded, isPattern } = row;
  return {
    code,
    isChanging,
    ours: codeId === null ? null : toOurs(row, codeId),
    inShopify: seenDiscountId === null ? null : { discountId: seenDiscountId },
    atImpact: promoCodeId === null ? null : { promoCodeId, partnerId, endsAt, isEnded, isPattern },
  };
}

function toOurs(row: StoryRow, codeId: string): OurSide {
  const { familyId, ourPartnerId, hasContract, discountId, isDeactivated, isDeleted } = row;
  return {
    codeId,
    shopifyState: row.shopifyState,
    impactState: row.impactState,
    liveAt: row.liveAt,
    familyId,
    partner: ourPartnerId && { partnerId: ourPartnerId, hasContract: hasContract ?? false },
    discount: { discountId, endsAt: row.discountEndsAt, isDeactivated, isDeleted },
  };
}
