import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/**
 * Deletes processed deliveries received before then, shop by shop and page by page, so that no
 * statement holds many rows; gives how many. What they told stays with their orders.
 */
export async function forgetDeliveries(prisma: PrismaClient, before: Date): Promise<number> {
  const shops = await prisma.delivery.groupBy({ by: ["shop"] });
  let forgotten = 0;
  for (const { shop } of shops) {
    let deleted = PAGE;
    while (deleted === PAGE) {
      deleted = await prisma.$executeRaw`
        DELETE FROM "Delivery" WHERE "id" IN (
          SELECT "id" FROM "Delivery"
          WHERE "shop" = ${shop} AND "state" = 'processed' AND "receivedAt" < ${before}
          ORDER BY "receivedAt" LIMIT ${PAGE} FOR UPDATE SKIP LOCKED)`;
      forgotten += deleted;
    }
  }
  return forgotten;
}
