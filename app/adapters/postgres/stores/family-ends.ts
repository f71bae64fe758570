import { Prisma } from "@prisma/client";
import type { FamilyStore } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectFamilies } from "./select-families.ts";

type FamilyEnds = Pick<FamilyStore, "countLeft" | "beginEnd" | "forget">;

/** How a family comes to its end, when its last code has gone. */
export function createFamilyEnds(db: Db): FamilyEnds {
  return {
    async countLeft(shop, familyId, leaving) {
      return db.code.count({
        where: {
          ...{ shop, familyId, id: { notIn: [...leaving] }, shopifyState: { not: "failed" } },
          NOT: { shopifyState: "retired", impactState: "expired" },
        },
      });
    },

    async beginEnd(shop, familyId) {
      const { count } = await db.codeFamily.updateMany({
        where: { shop, id: familyId, state: { in: ["registered", "failed"] } },
        data: { state: "ending", attempts: 0, leaseUntil: null },
      });
      if (count > 0) {
        const never = { shop, familyId, shopifyState: "failed" };
        await db.code.updateMany({ where: never, data: { familyId: null } });
      }
      await db.codeFamily.updateMany({
        where: { shop, id: familyId, state: "ending" },
        data: { attempts: { increment: 1 } },
      });
      const ending = Prisma.sql`f."id" = ${familyId}::uuid AND f."state" = 'ending'`;
      const [family] = await selectFamilies(db, shop, ending);
      return family ? { ...family, attempts: family.attempts - 1 } : null;
    },

    async forget(shop, familyId) {
      await db.codeFamily.deleteMany({ where: { shop, id: familyId } });
    },
  };
}
