import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/** Deletes clicks told before then whose order never came: anyone can send such. Gives how many. */
export async function forgetClicks(prisma: PrismaClient, before: Date): Promise<number> {
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
  return forgotten;
}
