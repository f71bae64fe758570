import { Prisma } from "@prisma/client";
import type { Code } from "#app/core/codes/discount.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

interface CodeRow extends Omit<Code, "partner" | "assignedSince"> {
  partnerId: string | null;
  partnerName: string | null;
  assignedSince: Date | null;
}

/** Of rows called `code`: the registration file that it waits in. */
export const FILE_ID = Prisma.sql`(SELECT file."fileId" FROM "FileCode" file
  WHERE file."codeId" = code."id" AND file."state" = 'waiting')`;

const DRAFTED = Prisma.sql`code."createdAt", code."code"`;

/** Codes with the partner they belong to now; in the order they were drafted, unless told. */
export async function selectCodes(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
  { limit = null, order = DRAFTED }: { limit?: number | null; order?: Prisma.Sql } = {},
): Promise<Code[]> {
  const rows = await db.$queryRaw<CodeRow[]>`
    SELECT code."id", code."shop", code."code", code."discountId", code."shopifyState",
           code."shopifyProblem", code."liveAt", code."impactState", code."impactPromoCodeId",
           code."registeredAs", code."impactProblem", code."impactAttempts", code."familyId", code."leaseUntil",
           code."registeredAt", code."endsAt", code."reach", ${FILE_ID} AS "fileId",
           assignment."partnerId", partner."name" AS "partnerName",
           assignment."startsAt" AS "assignedSince"
    FROM "Code" code
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
    WHERE code."shop" = ${shop} AND ${condition}
    ORDER BY ${order}
    LIMIT ${limit}`;
  return rows.map(({ partnerId, partnerName, ...row }) => ({
    ...row,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
  }));
}
