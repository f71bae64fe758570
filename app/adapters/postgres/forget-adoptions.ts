import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/**
 * Deletes adoptions that nobody took before they expired, and what is left of those whose batch ended
 * before that day: their rows page by page. Gives how many.
 */
export async function forgetAdoptions(
  prisma: PrismaClient,
  { now, before }: { now: Date; before: Date },
): Promise<number> {
  const old = await prisma.$queryRaw<{ id: string }[]>`
    SELECT adoption."id" FROM "Adoption" adoption
    LEFT JOIN "Batch" batch ON batch."id" = adoption."batchId"
    WHERE adoption."expiresAt" <= ${now}
      AND (adoption."batchId" IS NULL OR batch."finishedAt" <= ${before} OR batch."id" IS NULL)`;
  for (const { id } of old) {
    let deleted = PAGE;
    while (deleted === PAGE) {
      deleted = await prisma.$executeRaw`
        DELETE FROM "AdoptionCode" WHERE "adoptionId" = ${id}::uuid AND "code" IN (
          SELECT "code" FROM "AdoptionCode" WHERE "adoptionId" = ${id}::uuid LIMIT ${PAGE})`;
    }
    await prisma.adoptionDiscount.deleteMany({ where: { adoptionId: id } });
    await prisma.adoptionRow.deleteMany({ where: { adoptionId: id } });
    // Last, so that one that was cut off is found again.
    await prisma.adoption.deleteMany({ where: { id } });
  }
  return old.length;
}
