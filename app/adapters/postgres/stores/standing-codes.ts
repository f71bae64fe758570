import { Prisma } from "@prisma/client";
import type { StandingCodeStore } from "#app/core/ports/standing-code-stores.ts";
import type { Db } from "../prisma-client.ts";
import { rowsOf } from "./keyed-rows.ts";
import { FILE_ID, selectCodes } from "./select-codes.ts";

/** Of rows called `code`: it waits for a registration of its own, and was told of or registered before. */
const TO_ASK = Prisma.sql`code."shopifyState" = 'live' AND code."impactState" IN ('planned', 'failed')
  AND code."impactAttempts" > 0 AND code."familyId" IS NULL AND code."partnerId" IS NOT NULL
  AND NOT code."isHeld" AND ${FILE_ID} IS NULL`;

const STANDING = `"codeId" uuid, "partnerId" text, "promoCodeId" text, "registeredAs" text,
  "registeredFrom" timestamptz`;

export function createStandingCodes(db: Db): StandingCodeStore {
  return {
    async countToAsk(shop) {
      const [row] = await db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM "Code" code WHERE code."shop" = ${shop} AND ${TO_ASK}`;
      return Number(row?.count ?? 0);
    },

    async findToAsk(shop, texts) {
      const those = Prisma.sql`code."code" = ANY(${[...texts]}::text[]) AND ${TO_ASK}`;
      const codes = await selectCodes(db, shop, those);
      const id = { in: [...new Set(codes.map(({ discountId }) => discountId))] };
      const select = { id: true, startsAt: true, endsAt: true };
      const discounts = await db.discount.findMany({ where: { shop, id }, select });
      const times = new Map(discounts.map((discount) => [discount.id, discount]));
      return codes.flatMap((code) => {
        const discount = times.get(code.discountId);
        return discount ? [{ code, discount }] : [];
      });
    },

    async saveStanding(shop, standing, now) {
      if (standing.length === 0) return [];
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH given AS (
          SELECT r.* FROM ${rowsOf(shop, standing, STANDING)} r
          JOIN "Code" code ON code."id" = r."codeId" AND code."shop" = r."shop"
          ORDER BY code."code" FOR UPDATE OF code
        )
        UPDATE "Code" code
        SET "impactState" = 'registered', "impactPromoCodeId" = given."promoCodeId",
            "registeredAs" = given."registeredAs", "impactProblem" = NULL,
            "impactAttempts" = code."impactAttempts" + 1, "registeredAt" = ${now},
            "registeredFrom" = given."registeredFrom", "leaseUntil" = NULL
        FROM given
        WHERE code."id" = given."codeId" AND code."partnerId" = given."partnerId" AND ${TO_ASK}
          AND ${isFree(now)}
        RETURNING code."id"`;
      return rows.map(({ id }) => id);
    },

    async saveDiffering(shop, differing, now) {
      if (differing.length === 0) return;
      await db.$executeRaw`
        UPDATE "Code" code SET "impactState" = 'failed', "impactProblem" = given."problem"
        FROM ${rowsOf(shop, differing, `"codeId" uuid, "problem" text`)} given
        WHERE code."id" = given."codeId" AND code."shop" = given."shop" AND ${TO_ASK}
          AND ${isFree(now)}`;
    },

    async forgetTries(shop) {
      await db.$executeRaw`
        UPDATE "Code" code SET "impactAttempts" = 0
        WHERE code."shop" = ${shop} AND ${TO_ASK} AND code."impactState" = 'planned'
          AND code."impactProblem" IS NULL AND code."leaseUntil" IS NULL`;
    },
  };
}

/** Nobody is registering the `code` now. */
function isFree(now: Date): Prisma.Sql {
  return Prisma.sql`(code."leaseUntil" IS NULL OR code."leaseUntil" <= ${now})`;
}
