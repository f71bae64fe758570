import type { Prisma } from "@prisma/client";
import type { FoundCode } from "#app/core/adopting/adoption.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import { groupBy } from "#app/core/group-by.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import type { AdoptionStore } from "#app/core/ports/adoption-stores.ts";
import type { ListedPromoCode, PromoCode } from "#app/core/ports/impact.ts";
import type { Db } from "../prisma-client.ts";

type AdoptionCodes = Pick<
  AdoptionStore,
  | "addCodes"
  | "countFound"
  | "listNobodys"
  | "addUnmanaged"
  | "saveLocated"
  | "noteAtImpact"
  | "listFound"
  | "saveJudged"
>;

/** Codes while they are read and judged, a page for each statement. */
export function createAdoptionCodes(db: Db): AdoptionCodes {
  return {
    async addCodes(shop, adoptionId, { shopifyId, codes }) {
      await db.$executeRaw`
        INSERT INTO "AdoptionCode" ("adoptionId", "shop", "code", "shopifyId")
        SELECT adoption."id", adoption."shop", given, ${shopifyId}
        FROM "Adoption" adoption, unnest(${[...codes]}::text[]) given
        WHERE adoption."shop" = ${shop} AND adoption."id" = ${adoptionId}::uuid
        ORDER BY given
        ON CONFLICT DO NOTHING`;
    },

    countFound: (shop, adoptionId, shopifyId) =>
      db.adoptionCode.count({ where: { shop, adoptionId, shopifyId } }),

    async listNobodys(shop, { after, limit }) {
      const rows = await db.$queryRaw<{ code: DiscountCode }[]>`
        SELECT "code" FROM "Code"
        WHERE "shop" = ${shop} AND "partnerId" IS NULL AND "shopifyState" = 'live'
          AND "code" > ${after ?? ""}
        ORDER BY "code" LIMIT ${limit}`;
      return rows.map(({ code }) => code);
    },

    async addUnmanaged(shop, adoptionId, listed) {
      const codes = [...new Set(listed.map(({ code }) => normalizeCode(code)))];
      await db.$executeRaw`
        INSERT INTO "AdoptionCode" ("adoptionId", "shop", "code")
        SELECT adoption."id", adoption."shop", given
        FROM "Adoption" adoption, unnest(${codes}::text[]) given
        WHERE adoption."shop" = ${shop} AND adoption."id" = ${adoptionId}::uuid
          AND NOT EXISTS (SELECT FROM "Code" code
                          WHERE code."shop" = adoption."shop" AND code."code" = given
                            AND (code."partnerId" IS NOT NULL OR code."shopifyState" <> 'live'))
        ORDER BY given
        ON CONFLICT DO NOTHING`;
    },

    async saveLocated(shop, adoptionId, codes, located) {
      const given = [...located].map(([code, { shopifyId }]) => ({ code, shopifyId }));
      await db.$executeRaw`
        UPDATE "AdoptionCode" found SET "shopifyId" = given."shopifyId"
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          AS given("code" text, "shopifyId" text)
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" = given."code"`;
      await db.adoptionCode.deleteMany({
        where: { shop, adoptionId, code: { in: [...codes] }, shopifyId: null },
      });
    },

    async noteAtImpact(shop, adoptionId, listed) {
      const byCode = groupBy(listed, (one) => normalizeCode(one.code));
      const given = [...byCode].flatMap(([code, those]) => {
        const [first, ...others] = those;
        const rival = others.find(({ partnerId }) => partnerId !== first?.partnerId);
        return first
          ? [{ code, standing: { ...kept(first), ...(rival && { rival: kept(rival) }) } }]
          : [];
      });
      // An earlier page may have shown it to be another partner's.
      await db.$executeRaw`
        UPDATE "AdoptionCode" found SET "atImpact" =
          CASE WHEN found."atImpact"->>'partnerId' <> given."standing"->>'partnerId'
            THEN found."atImpact" || jsonb_build_object('rival', given."standing")
            ELSE COALESCE(found."atImpact", '{}') || given."standing" END
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          AS given("code" text, "standing" jsonb)
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" = given."code"`;
    },

    async listFound(shop, adoptionId, { after, limit }) {
      const rows = await db.$queryRaw<FoundRow[]>`
        SELECT found."code", found."shopifyId", found."atImpact", found."atImpact"->'rival' AS "rival", found."namedId",
               code."id" IS NOT NULL
                 AND (code."partnerId" IS NOT NULL OR code."shopifyState" <> 'live') AS "isManaged"
        FROM "AdoptionCode" found
        LEFT JOIN "Code" code ON code."shop" = found."shop" AND code."code" = found."code"
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" > ${after ?? ""}
        ORDER BY found."code" LIMIT ${limit}`;
      return rows.map((row): FoundCode => ({
        ...{ ...row, atImpact: toPromoCode(row.atImpact), rival: toPromoCode(row.rival) },
      }));
    },

    async saveJudged(shop, adoptionId, judged) {
      await db.$executeRaw`
        UPDATE "AdoptionCode" found
        SET "verdict" = given."verdict", "partnerId" = given."partnerId",
            "because" = given."because", "problem" = given."problem"
        FROM jsonb_to_recordset(${JSON.stringify(judged)}::jsonb)
          AS given("code" text, "verdict" text, "partnerId" text, "because" text, "problem" text)
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" = given."code"`;
    },
  };
}

function kept({ promoCodeId, code, partnerId, partnerName, ...of }: ListedPromoCode): PromoCode {
  const { creditPolicy, startsAt, endsAt } = of;
  return { promoCodeId, code, partnerId, partnerName, creditPolicy, startsAt, endsAt };
}

interface FoundRow {
  code: DiscountCode;
  shopifyId: string | null;
  atImpact: Prisma.JsonValue;
  rival: Prisma.JsonValue;
  namedId: PartnerId | null;
  isManaged: boolean;
}

/** Only noteAtImpact writes the column, so its shape is known. */
export function toPromoCode(stored: Prisma.JsonValue): PromoCode | null {
  if (stored === null) return null;
  const found = stored as unknown as Record<keyof PromoCode, string | null>;
  const { promoCodeId, code, partnerId, partnerName, creditPolicy } =
    stored as unknown as PromoCode;
  const dateOf = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...{ promoCodeId, code, partnerId, partnerName, creditPolicy },
    startsAt: dateOf(found.startsAt),
    endsAt: dateOf(found.endsAt),
  };
}
