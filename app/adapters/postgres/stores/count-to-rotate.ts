import { Prisma } from "@prisma/client";
import type { ChangeStore } from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectedBy } from "./code-conditions.ts";

export async function countToRotate(
  db: Db,
  ...[shop, selection, now]: Parameters<ChangeStore["countToRotate"]>
): ReturnType<ChangeStore["countToRotate"]> {
  const sameValue = Prisma.raw(
    `discount."valueKind", discount."basisPoints", discount."amountMinor", discount."currency"`,
  );
  return db.$queryRaw`
    SELECT code."partnerId", min(discount."id"::text) AS "discountId", count(*)::int AS "codes"
    FROM "Code" code JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = code."partnerId"
    WHERE code."shop" = ${shop} AND ${selectedBy(selection)} AND code."shopifyState" = 'live'
      AND ${isRotated(now)}
    GROUP BY code."partnerId", ${sameValue}`;
}

/** Of a live code, its partner and its discount: whether a rotation gives it a successor. */
export function isRotated(now: Date): Prisma.Sql {
  return Prisma.sql`(code."partnerId" IS NOT NULL AND COALESCE(partner."hasContract", TRUE)
    AND discount."deletedAt" IS NULL AND NOT COALESCE(discount."endsAt" <= ${now}::timestamptz, FALSE))`;
}
