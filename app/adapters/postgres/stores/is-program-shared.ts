import type { ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

/** Whether another shop has ever chosen this program, and nothing else of it. */
export async function isProgramShared(
  db: Db,
  shop: ShopDomain,
  { accountSid, programId }: { accountSid: string; programId: string },
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ isShared: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "ProgramUse" u
      WHERE u."accountSid" = ${accountSid} AND u."programId" = ${programId} AND u."shop" <> ${shop}
    ) AS "isShared"`;
  return row?.isShared ?? false;
}

/** Whether another shop that has the app installed reports to this program now. */
export async function isProgramSharedNow(
  db: Db,
  shop: ShopDomain,
  { accountSid, programId }: { accountSid: string; programId: string },
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ isShared: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM "Program" program
      JOIN "ImpactAccount" account ON account."shop" = program."shop"
      JOIN "Shop" other ON other."domain" = program."shop" AND other."uninstalledAt" IS NULL
      WHERE account."accountSid" = ${accountSid} AND program."programId" = ${programId}
        AND program."shop" <> ${shop}
    ) AS "isShared"`;
  return row?.isShared ?? false;
}
