import type { Prisma } from "@prisma/client";
import type { Code } from "#app/core/codes/discount.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

interface CodeRow extends Omit<Code, "partner" | "assignedSince"> {
  partnerId: string | null;
  partnerName: string | null;
  assignedSince: Date | null;
}

/** Codes with the partner they belong to now, in the order they were drafted. */
export async function selectCodes(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
  limit: number | null = null,
): Promise<Code[]> {
  const rows = await db.$queryRaw<CodeRow[]>`
    SELECT code."id", code."shop", code."code", code."discountId", code."shopifyState",
           code."shopifyProblem", code."liveAt", code."impactState", code."impactPromoCodeId",
           code."impactProblem", code."impactAttempts", code."leaseUntil", code."registeredAt",
           assignment."partnerId", partner."name" AS "partnerName",
           assignment."startsAt" AS "assignedSince"
    FROM "Code" code
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
    WHERE code."shop" = ${shop} AND ${condition}
    ORDER BY code."createdAt", code."code"
    LIMIT ${limit}`;
  return rows.map(({ partnerId, partnerName, ...row }) => ({
    ...row,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
  }));
}
