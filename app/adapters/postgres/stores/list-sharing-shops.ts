import type { ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

/**
 * The other shops whose registrations stand in this shop's program: those that have chosen it, and no
 * other since. One that is not connected any more has left its registrations there.
 */
export async function listSharingShops(db: Db, shop: ShopDomain): Promise<ShopDomain[]> {
  const rows = await db.$queryRaw<{ shop: ShopDomain }[]>`
    SELECT used."shop"
    FROM "ImpactAccount" account
    JOIN "Program" program ON program."shop" = account."shop"
    JOIN "ProgramUse" used ON used."accountSid" = account."accountSid"
      AND used."programId" = program."programId" AND used."shop" NOT IN (account."shop", '')
    LEFT JOIN "ImpactAccount" theirs ON theirs."shop" = used."shop"
    LEFT JOIN "Program" chosen ON chosen."shop" = used."shop"
    WHERE account."shop" = ${shop}
      AND COALESCE(theirs."accountSid", used."accountSid") = used."accountSid"
      AND COALESCE(chosen."programId", used."programId") = used."programId"`;
  return rows.map((row) => row.shop);
}
