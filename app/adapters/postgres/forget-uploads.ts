import type { PrismaClient } from "@prisma/client";

const PAGE = 1_000;

/**
 * Deletes uploads that have expired by then, their rows page by page; gives how many. Until its batch
 * has ended, and while it has rows that the batch can be resumed for or could not make, one that was taken stays.
 */
export async function forgetUploads(prisma: PrismaClient, now: Date): Promise<number> {
  const expired = await prisma.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Upload" upload
    WHERE "expiresAt" <= ${now} AND NOT EXISTS (
      SELECT FROM "Batch" batch WHERE batch."id" = upload."batchId"
        AND (batch."state" NOT IN ('done', 'cancelled')
             OR EXISTS (SELECT FROM "UploadRow" row WHERE row."uploadId" = upload."id")))`;
  for (const { id } of expired) {
    let deleted = PAGE;
    while (deleted === PAGE) {
      deleted = await prisma.$executeRaw`
        DELETE FROM "UploadRow" WHERE "uploadId" = ${id}::uuid AND "number" IN (
          SELECT "number" FROM "UploadRow" WHERE "uploadId" = ${id}::uuid LIMIT ${PAGE})`;
    }
    // Last, so that one that was cut off is found again.
    await prisma.upload.deleteMany({ where: { id } });
  }
  return expired.length;
}
