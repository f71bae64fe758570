import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

/** Whether another shop of the account has a code or a family that this registration stands for. */
export async function isSharedElsewhere(
  db: Db,
  shop: ShopDomain,
  promoCodeId: string,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ isShared: boolean }[]>`
    WITH others AS (${otherShops(shop)})
    SELECT ${usedElsewhere(Prisma.sql`${promoCodeId}::text`)} AS "isShared"`;
  return row?.isShared ?? false;
}

/** The shops that have ever used the account of this one. */
export function otherShops(shop: ShopDomain): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT used."shop" FROM "ImpactAccount" ours
    JOIN "ProgramUse" used ON used."accountSid" = ours."accountSid" AND used."shop" <> ours."shop"
    WHERE ours."shop" = ${shop}`;
}

/** The same of a registration's id, beside `others`, which are those shops. */
export function usedElsewhere(promoCodeId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(EXISTS (
      SELECT FROM others JOIN "Code" code ON code."shop" = others."shop"
      WHERE code."impactPromoCodeId" = ${promoCodeId} AND code."impactState" <> 'expired'
    ) OR EXISTS (
      SELECT FROM others JOIN "CodeFamily" family ON family."shop" = others."shop"
      WHERE family."promoCodeId" = ${promoCodeId} AND family."state" <> 'ending'
    ))`;
}
