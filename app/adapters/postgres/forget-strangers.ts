import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/**
 * Deletes deliveries received before then of shops that are not there: erased, or never opened. What
 * still waits for its job is the job's to remove. Gives how many.
 */
export async function forgetStrangers(prisma: PrismaClient, before: Date): Promise<number> {
  let forgotten = 0;
  let deleted = PAGE;
  while (deleted === PAGE) {
    deleted = await prisma.$executeRaw`
      DELETE FROM "Delivery" WHERE "id" IN (
        SELECT d."id" FROM "Delivery" d
        WHERE d."state" <> 'received' AND d."receivedAt" < ${before}
          AND NOT EXISTS (SELECT 1 FROM "Shop" s WHERE s."domain" = d."shop")
        LIMIT ${PAGE} FOR UPDATE SKIP LOCKED)`;
    forgotten += deleted;
  }
  return forgotten;
}
