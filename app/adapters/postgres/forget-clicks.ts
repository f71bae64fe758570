import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/** As many as two busy days of buy-now orders bring; a flood of made-up ones ends there. */
const MOST_OF_A_SHOP = 50_000;

/**
 * Deletes clicks told before then whose order never came, and of each shop all but the newest so many:
 * anyone can send such. Gives how many.
 */
export async function forgetClicks(
  prisma: PrismaClient,
  before: Date,
  most = MOST_OF_A_SHOP,
): Promise<number> {
  let forgotten = 0;
  let deleted = PAGE;
  while (deleted === PAGE) {
    deleted = await prisma.$executeRaw`
      DELETE FROM "Click" WHERE ("shop", "checkoutHash") IN (
        SELECT "shop", "checkoutHash" FROM "Click"
        WHERE "receivedAt" < ${before} AND "orderId" IS NULL
        LIMIT ${PAGE} FOR UPDATE SKIP LOCKED)`;
    forgotten += deleted;
  }
  return forgotten + (await forgetFloods(prisma, most));
}

async function forgetFloods(prisma: PrismaClient, most: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "Click" click USING (
      SELECT "shop", "checkoutHash",
             row_number() OVER (PARTITION BY "shop" ORDER BY "receivedAt" DESC) AS "place"
      FROM "Click" WHERE "orderId" IS NULL) told
    WHERE told."place" > ${most} AND click."shop" = told."shop"
      AND click."checkoutHash" = told."checkoutHash" AND click."orderId" IS NULL`;
}
