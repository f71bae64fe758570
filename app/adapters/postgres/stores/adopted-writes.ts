import { Prisma } from "@prisma/client";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { AdoptionStore } from "#app/core/ports/adoption-stores.ts";
import type { Db } from "../prisma-client.ts";
import { toPromoCode } from "./adoption-codes.ts";
import { MAY_EARN } from "./late-store.ts";

type AdoptedWrites = Pick<
  AdoptionStore,
  "holdNext" | "adopt" | "listUnregistered" | "noteUses" | "listUsed"
>;

/** Codes as they become managed, a page for each statement. */
export function createAdoptedWrites(db: Db): AdoptedWrites {
  return {
    async holdNext(shop, adoptionId, { after, limit }) {
      const rows = await db.$queryRaw<HeldRow[]>`
        WITH held AS MATERIALIZED (
          SELECT "code", "partnerId", "atImpact", "shopifyId" FROM "AdoptionCode"
          WHERE "shop" = ${shop} AND "adoptionId" = ${adoptionId}::uuid AND "code" > ${after ?? ""}
            AND NOT "isTaken" AND "verdict" <> 'managed'
          ORDER BY "code" LIMIT ${limit} FOR UPDATE
        )
        SELECT held."code", held."partnerId", held."atImpact", discount."startsAt",
               discount."endsAt"
        FROM held
        LEFT JOIN "Code" code ON code."shop" = ${shop} AND code."code" = held."code"
        LEFT JOIN LATERAL (
          SELECT d."startsAt", d."endsAt" FROM "Discount" d
          WHERE d."shop" = ${shop}
            AND (d."id" = code."discountId" OR code."id" IS NULL AND d."shopifyId" = held."shopifyId")
          LIMIT 1) discount ON TRUE
        ORDER BY held."code"`;
      return rows.map(({ startsAt, endsAt, atImpact, ...row }) => ({
        ...{ ...row, atImpact: toPromoCode(atImpact) },
        during: startsAt && { startsAt, endsAt },
      }));
    },

    adopt: (...adopted) => adopt(db, ...adopted),

    async listUnregistered(shop, codeIds) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM "Code" WHERE "shop" = ${shop} AND "id" = ANY(${[...codeIds]}::uuid[])
          AND "impactState" = 'planned' ORDER BY "code"`;
      return rows.map(({ id }) => id);
    },

    async noteUses(shop, adoptionId) {
      await db.$executeRaw`
        UPDATE "Code" code SET "lastUsedAt" = used."at"
        FROM (SELECT typed."code", max(o."placedAt") AS "at"
              FROM "Order" o, unnest(o."codes") AS typed("code")
              JOIN "AdoptionCode" found
                ON found."adoptionId" = ${adoptionId}::uuid AND found."shop" = ${shop}
                AND found."code" = typed."code" AND found."isTaken"
              WHERE o."shop" = ${shop} GROUP BY typed."code") used
        WHERE code."shop" = ${shop} AND code."code" = used."code" AND code."lastUsedAt" IS NULL`;
    },

    async listUsed(shop, adoptionId, { since, after, limit }) {
      return db.$queryRaw<{ codeId: string; code: DiscountCode }[]>`
        SELECT code."id" AS "codeId", code."code" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."code" > ${after ?? ""} AND code."code" IN (
          SELECT found."code"
          FROM "Order" o, unnest(o."codes") AS typed("code")
          JOIN "AdoptionCode" found
            ON found."adoptionId" = ${adoptionId}::uuid AND found."shop" = ${shop}
            AND found."code" = typed."code" AND found."isTaken" AND found."verdict" = 'assigned'
          WHERE o."shop" = ${shop} AND o."placedAt" >= ${since} AND ${MAY_EARN})
        ORDER BY code."code" LIMIT ${limit}`;
    },
  };
}

interface HeldRow {
  code: DiscountCode;
  partnerId: PartnerId | null;
  atImpact: Prisma.JsonValue;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** How codes are given to the statements below. */
const GIVEN = Prisma.raw(
  `AS given("code" text, "partnerId" text, "familyId" uuid, "promoCodeId" text, "registeredAs" text,
    "registeredFrom" timestamptz, "impactProblem" text, "hasEnded" boolean)`,
);

/** Of a row called `given`: how far its registration is. */
const IMPACT_STATE = Prisma.sql`CASE WHEN given."promoCodeId" IS NOT NULL THEN 'registered'
  WHEN given."hasEnded" THEN 'expired'
  WHEN given."impactProblem" IS NOT NULL THEN 'failed' ELSE 'planned' END`;

/** One that was refused counts as tried. */
const WAS_REFUSED = Prisma.sql`(given."impactProblem" IS NOT NULL AND NOT given."hasEnded")`;

async function adopt(
  db: Db,
  ...[shop, into, codes, now]: Parameters<AdoptionStore["adopt"]>
): Promise<string[]> {
  const given = JSON.stringify(codes);
  // Those that are ours already first: those that come in are not among them then.
  const before = await assignOurs(db, shop, into, given, now);
  const assigned = await insertAdopted(db, shop, into, given, now);
  await noteTaken(db, shop, into, codes, now);
  return [...before, ...assigned];
}

type Into = Parameters<AdoptionStore["adopt"]>[1];

/** Each is written once, as it will be: all of the code's indexes hold it. */
async function insertAdopted(
  db: Db,
  shop: ShopDomain,
  { adoptionId, batchId, startsAt }: Into,
  given: string,
  now: Date,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ codeId: string }[]>`
    WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${given}::jsonb) ${GIVEN}),
    made AS (
      INSERT INTO "Code" ("id", "shop", "code", "discountId", "batchId", "partnerId", "familyId",
                          "shopifyState", "liveAt", "impactState", "impactPromoCodeId",
                          "registeredAs", "impactProblem", "impactAttempts", "registeredAt", "registeredFrom",
                          "createdAt")
      SELECT gen_random_uuid(), ${shop}, given."code", discount."id", ${batchId}::uuid,
             given."partnerId", given."familyId", 'live', ${now}, ${IMPACT_STATE},
             given."promoCodeId", given."registeredAs", given."impactProblem",
             CASE WHEN ${WAS_REFUSED} THEN 1 ELSE 0 END,
             CASE WHEN given."promoCodeId" IS NULL THEN NULL ELSE ${now}::timestamptz END,
             given."registeredFrom", ${now}
      FROM given
      JOIN "AdoptionCode" found ON found."adoptionId" = ${adoptionId}::uuid
        AND found."shop" = ${shop} AND found."code" = given."code"
      JOIN "Discount" discount
        ON discount."shop" = ${shop} AND discount."shopifyId" = found."shopifyId"
      ORDER BY given."code"
      ON CONFLICT ("shop", "code") DO NOTHING RETURNING "id", "partnerId"
    )
    INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
    SELECT gen_random_uuid(), ${shop}, made."id", made."partnerId", ${startsAt}
    FROM made WHERE made."partnerId" IS NOT NULL
    RETURNING "codeId"`;
  return rows.map(({ codeId }) => codeId);
}

/** Live codes of ours that nobody has. */
async function assignOurs(
  db: Db,
  shop: ShopDomain,
  { startsAt }: Into,
  given: string,
  now: Date,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ codeId: string }[]>`
    INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
    SELECT gen_random_uuid(), ${shop}, code."id", given."partnerId",
           GREATEST(${startsAt}::timestamptz, (SELECT max(past."endsAt") FROM "Assignment" past
                                               WHERE past."codeId" = code."id"))
    FROM jsonb_to_recordset(${given}::jsonb) ${GIVEN}
    JOIN "Code" code ON code."shop" = ${shop} AND code."code" = given."code"
      AND code."shopifyState" = 'live' AND NOT code."isHeld"
    WHERE given."partnerId" IS NOT NULL
    ORDER BY code."code"
    ON CONFLICT ("codeId") WHERE "endsAt" IS NULL DO NOTHING
    RETURNING "codeId"`;
  const codeIds = rows.map(({ codeId }) => codeId);
  if (codeIds.length === 0) return codeIds;
  await db.$executeRaw`
    UPDATE "Code" code
    SET "familyId" = given."familyId", "impactState" = ${IMPACT_STATE},
        "impactPromoCodeId" = given."promoCodeId",
        "registeredAs" = given."registeredAs", "impactProblem" = given."impactProblem",
        "impactAttempts" = CASE WHEN ${WAS_REFUSED} THEN 1 ELSE code."impactAttempts" END,
        "registeredAt" = CASE WHEN given."promoCodeId" IS NULL THEN NULL ELSE ${now}::timestamptz END,
        "registeredFrom" = given."registeredFrom"
    FROM jsonb_to_recordset(${given}::jsonb) ${GIVEN}
    WHERE code."shop" = ${shop} AND code."code" = given."code"
      AND code."id" = ANY(${codeIds}::uuid[]) AND code."impactState" <> 'registered'`;
  return codeIds;
}

/** The page is taken, and a done part of the batch, which its progress is counted by. */
async function noteTaken(
  db: Db,
  shop: ShopDomain,
  { adoptionId, batchId }: Into,
  codes: Parameters<AdoptionStore["adopt"]>[2],
  now: Date,
): Promise<void> {
  // Since it was judged, a family may have come that is another partner's.
  await db.$executeRaw`
    UPDATE "AdoptionCode" found
    SET "isTaken" = TRUE, "partnerId" = given."partnerId",
        "verdict" = CASE WHEN found."verdict" = 'assigned' AND given."partnerId" IS NULL
                         THEN 'refused' ELSE found."verdict" END
    FROM jsonb_to_recordset(${JSON.stringify(codes)}::jsonb)
      AS given("code" text, "partnerId" text)
    WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
      AND found."code" = given."code"`;
  await db.$executeRaw`
    INSERT INTO "BatchPart" ("batchId", "number", "state", "tried", "codes", "live", "askedAt", "doneAt")
    SELECT batch."id", (SELECT count(*) FROM "BatchPart" part WHERE part."batchId" = batch."id"),
           'done', TRUE, ${codes.length}::int, ${codes.length}::int, ${now}, ${now}
    FROM "Batch" batch WHERE batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid`;
}
