import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/**
 * Deletes runs that ended before then, page by page; gives how many. Each shop's newest run of a kind
 * stays, so that it is still known when that was last done.
 */
export async function forgetReconciliations(prisma: PrismaClient, before: Date): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const deleted = await prisma.$executeRaw`
      DELETE FROM "Reconciliation" WHERE "id" IN (
        SELECT r."id" FROM "Reconciliation" r
        WHERE r."finishedAt" < ${before} AND EXISTS (
          SELECT 1 FROM "Reconciliation" newer
          WHERE newer."shop" = r."shop" AND newer."kind" = r."kind" AND newer."state" = 'finished'
            AND newer."startedAt" > r."startedAt")
        LIMIT ${PAGE} FOR UPDATE OF r SKIP LOCKED)`;
    forgotten += deleted;
    if (deleted < PAGE) return forgotten;
  }
}
