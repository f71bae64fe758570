import { isRowId } from "#app/core/ids.ts";
import type { ToldRegistration } from "#app/core/codes/read-back.ts";
import type { SeenCodeStore } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";

/** What impact.com has answered of registrations, to be compared with what it has. */
export function createToldRegistrations(db: Db): Pick<SeenCodeStore, "listTold" | "findReadBack"> {
  return {
    async listTold(shop, codeIds) {
      return db.$queryRaw<ToldRegistration[]>`
        SELECT code."impactPromoCodeId" AS "promoCodeId", code."partnerId"
        FROM "Code" code
        WHERE code."shop" = ${shop} AND code."id" = ANY(${codeIds.filter(isRowId)}::uuid[])
          AND code."shopifyState" = 'live' AND code."impactState" = 'registered'
          AND code."familyId" IS NULL AND NOT code."isHeld"
          AND code."impactPromoCodeId" IS NOT NULL AND code."partnerId" IS NOT NULL
        ORDER BY code."code"`;
    },

    async findReadBack(shop, codeId, atLeast) {
      if (!isRowId(codeId)) return "each";
      const [row] = await db.$queryRaw<{ isLeft: boolean }[]>`
        SELECT EXISTS (
          SELECT FROM "Code" other WHERE other."batchId" = batch."id" AND other."shop" = ${shop}
            AND (other."shopifyState" = 'planned'
                 OR (other."shopifyState" = 'live' AND other."impactState" = 'planned'))) AS "isLeft"
        FROM "Code" code JOIN "Batch" batch ON batch."id" = code."batchId"
        WHERE code."shop" = ${shop} AND code."id" = ${codeId}::uuid AND batch."codes" >= ${atLeast}`;
      if (!row) return "each";
      return row.isLeft ? "later" : "at-once";
    },
  };
}
