import type { Code } from "#app/core/codes/discount.ts";
import { registrationTerms } from "#app/core/codes/registration-terms.ts";
import { isRowId, type PartnerId } from "#app/core/ids.ts";
import type { SeenCodeStore } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";

interface ToldRow extends Pick<Code, "assignedSince" | "endsAt" | "reach"> {
  codeId: string;
  promoCodeId: string;
  partnerId: PartnerId;
  code: string;
  discountStartsAt: Date;
  discountEndsAt: Date | null;
}

/** What impact.com has answered of registrations, to be compared with what it has. */
export function createToldRegistrations(db: Db): Pick<SeenCodeStore, "listTold" | "findReadBack"> {
  return {
    async listTold(shop, codeIds) {
      const rows = await db.$queryRaw<ToldRow[]>`
        SELECT code."id" AS "codeId", code."impactPromoCodeId" AS "promoCodeId", code."partnerId",
               COALESCE(code."registeredAs", code."code") AS "code", code."reach", code."endsAt",
               discount."startsAt" AS "discountStartsAt", discount."endsAt" AS "discountEndsAt",
               assignment."startsAt" AS "assignedSince"
        FROM "Code" code
        JOIN "Discount" discount ON discount."id" = code."discountId"
        LEFT JOIN "Assignment" assignment
          ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
        WHERE code."shop" = ${shop} AND code."id" = ANY(${codeIds.filter(isRowId)}::uuid[])
          AND code."shopifyState" = 'live' AND code."impactState" = 'registered'
          AND code."familyId" IS NULL AND NOT code."isHeld"
          AND code."impactPromoCodeId" IS NOT NULL AND code."partnerId" IS NOT NULL
        ORDER BY code."code"`;
      return rows.map(({ codeId, promoCodeId, partnerId, code, ...row }) => {
        const discount = { startsAt: row.discountStartsAt, endsAt: row.discountEndsAt };
        const { reach, ...during } = registrationTerms(row, discount);
        return { codeId, promoCodeId, partnerId, code, isPattern: false, reach, during };
      });
    },

    async findReadBack(shop, codeId, atLeast) {
      if (!isRowId(codeId)) return "each";
      const [row] = await db.$queryRaw<{ isLeft: boolean }[]>`
        SELECT EXISTS (
          SELECT FROM "Code" other WHERE other."batchId" = batch."id" AND other."shop" = ${shop}
            AND (other."shopifyState" = 'planned'
                 OR (other."shopifyState" = 'live' AND other."impactState" = 'planned'
                     -- Nobody registers a code of nobody's.
                     AND other."partnerId" IS NOT NULL))) AS "isLeft"
        FROM "Code" code JOIN "Batch" batch ON batch."id" = code."batchId"
        WHERE code."shop" = ${shop} AND code."id" = ${codeId}::uuid AND batch."codes" >= ${atLeast}`;
      if (!row) return "each";
      return row.isLeft ? "later" : "at-once";
    },
  };
}
