import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { FamilyStore } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";

/**
 * First the shop's turn and then its program's, which other shops may share: always in this order. A
 * shop without a program has nobody to wait for but itself.
 */
export async function holdFamilies(
  db: Db,
  shop: ShopDomain,
  purpose: Parameters<FamilyStore["hold"]>[1],
): Promise<void> {
  const lock = Prisma.raw(
    purpose === "planning" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared",
  );
  await db.$executeRaw`SELECT ${lock}(hashtextextended('families/' || ${shop}::text, 0))`;
  await db.$executeRaw`
    SELECT ${lock}(hashtextextended('families/' || a."accountSid" || '/' || p."programId", 0))
    FROM "ImpactAccount" a JOIN "Program" p ON p."shop" = a."shop" WHERE a."shop" = ${shop}`;
}
