import { Prisma } from "@prisma/client";
import type { OurSide } from "#app/core/code-differences/code-difference.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { SeenCodeStore, ToldStory } from "#app/core/ports/code-difference-stores.ts";
import type { Reach } from "#app/core/uploads/reach.ts";
import type { Db } from "../prisma-client.ts";
import { IS_CHANGING } from "./is-changing.ts";

/** How one of our codes stands: what changes it changes this. */
export const STANDING = Prisma.sql`concat_ws('/', code."shopifyState", code."impactState",
  code."impactPromoCodeId", assignment."partnerId")`;

export const OUR_CODE = Prisma.sql`
  LEFT JOIN "Code" code ON code."shop" = given."shop" AND code."code" = given."code"
  LEFT JOIN "Assignment" assignment
    ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL`;

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
  pastEnd: Date | null;
  isDeactivated: boolean;
  isDeleted: boolean;
  isCut: boolean;
  isGivenUp: boolean;
  reach: Reach | null;
  startsAt: Date;
  seenDiscountId: string | null;
  seenEndsAt: Date | null;
  promoCodeId: string | null;
  partnerId: PartnerId;
  startsThere: Date | null;
  endsAt: Date | null;
  creditPolicy: string | null;
  isEnded: boolean;
  isPattern: boolean;
  twinId: string | null;
  twinPartnerId: PartnerId;
}

/** Of the code's own registration, or of its family's where it has none that stands. */
function there(column: string, as = column): Prisma.Sql {
  const name = Prisma.raw(`"${column}"`);
  return Prisma.sql`
    CASE WHEN family."code" IS NOT NULL AND COALESCE(exact."isEnded", TRUE)
         THEN family.${name} ELSE exact.${name} END AS ${Prisma.raw(`"${as}"`)}`;
}

/** The codes of one side after that one, by their text. */
function nextCodes(shop: ShopDomain, runId: string, side: string, after: string, limit: number) {
  return Prisma.sql`
    (SELECT DISTINCT "code" FROM "SeenCode" WHERE "shop" = ${shop} AND "runId" = ${runId}::uuid
       AND "side" = ${side} AND "code" > ${after} ORDER BY "code" LIMIT ${limit})`;
}

// Each key stands beside each code, behind OFFSET 0: see keyed-rows.ts.

/** What all three know of the next codes by their text. */
export async function listStories(db: Db, ...asked: Parameters<SeenCodeStore["listStories"]>) {
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
      CASE WHEN code."endsAt" <= ${now} AND COALESCE(discount."endsAt" > ${now}, TRUE)
           THEN code."endsAt" END AS "pastEnd",
      discount."deactivatedAt" IS NOT NULL AS "isDeactivated",
      discount."deletedAt" IS NOT NULL AS "isDeleted",
      cut."code" IS NOT NULL AS "isCut", here."discountId" AS "seenDiscountId",
      LEAST(opened."endsAt", code."endsAt") AS "seenEndsAt",
      ${there("promoCodeId")}, ${there("partnerId")}, ${there("endsAt")}, ${there("isEnded")},
      ${there("isPattern")}, ${there("startsAt", "startsThere")}, ${there("creditPolicy")},
      twin."promoCodeId" AS "twinId", twin."partnerId" AS "twinPartnerId", code."reach",
      GREATEST(discount."startsAt", assignment."startsAt") AS "startsAt",
      code."shopifyState" = 'planned' AND making."state" = 'failed' AS "isGivenUp",
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
    LEFT JOIN "Discount" opened ON opened."id" = here."discountId"
    LEFT JOIN "SeenCode" cut ON cut."shop" = given."shop" AND cut."runId" = given."runId"
      AND cut."side" = 'cut' AND cut."code" = code."discountId"::text
    LEFT JOIN LATERAL (
      SELECT seen.* FROM "SeenCode" seen
      WHERE seen."shop" = given."shop" AND seen."runId" = given."runId"
        AND seen."side" = given."impact" AND seen."code" = given."code"
      ORDER BY seen."isEnded", seen."promoCodeId" IS DISTINCT FROM code."impactPromoCodeId",
        seen."partnerId" IS DISTINCT FROM assignment."partnerId", seen."promoCodeId"
      LIMIT 1) exact ON TRUE
    LEFT JOIN LATERAL (
      SELECT seen."promoCodeId", seen."partnerId" FROM "SeenCode" seen
      WHERE seen."shop" = given."shop" AND seen."runId" = given."runId"
        AND seen."side" = given."impact" AND seen."code" = given."code" AND NOT seen."isEnded"
        AND NOT seen."isPattern" AND seen."promoCodeId" <> exact."promoCodeId"
      ORDER BY seen."promoCodeId" LIMIT 1) twin ON NOT exact."isEnded" AND NOT exact."isPattern"
    LEFT JOIN "Batch" making ON making."id" = code."batchId"
    LEFT JOIN "CodeFamily" own ON own."id" = code."familyId"
    LEFT JOIN families family
      ON family."promoCodeId" = COALESCE(own."promoCodeId", code."impactPromoCodeId")
    ORDER BY given."code"`;
  return rows.map(toStory);
}

function toStory(row: StoryRow): ToldStory {
  const { code, isChanging, codeId, promoCodeId, seenDiscountId, seenEndsAt } = row;
  const { partnerId, endsAt, isEnded, isPattern, creditPolicy, twinId } = row;
  const registration = { partnerId, startsAt: row.startsThere, endsAt, isEnded, isPattern };
  return {
    code,
    isChanging,
    ours: codeId === null ? null : toOurs(row, codeId),
    inShopify: seenDiscountId === null ? null : { discountId: seenDiscountId, endsAt: seenEndsAt },
    atImpact: promoCodeId === null ? null : { ...registration, promoCodeId, creditPolicy },
    twin: twinId === null ? null : { promoCodeId: twinId, partnerId: row.twinPartnerId },
  };
}

function toOurs(row: StoryRow, codeId: string): OurSide {
  const { familyId, ourPartnerId, hasContract, discountId } = row;
  const { isDeactivated, isDeleted, isCut } = row;
  return {
    codeId,
    shopifyState: row.shopifyState,
    isGivenUp: row.isGivenUp,
    impactState: row.impactState,
    reach: row.reach,
    startsAt: row.startsAt,
    liveAt: row.liveAt,
    familyId,
    pastEnd: row.pastEnd,
    partner: ourPartnerId && { partnerId: ourPartnerId, hasContract: hasContract ?? false },
    discount: { discountId, endsAt: row.discountEndsAt, isDeactivated, isDeleted, isCut },
  };
}
