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
